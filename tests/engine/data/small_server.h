// A web server of a few lines on loopback, for the tests of downloads.
#pragma once
#include <arpa/inet.h>
#include <atomic>
#include <map>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace duet::test {

/// Answers GET for the given paths; others are 404. Cut: the promised length is longer than what is sent.
/// Hangs: after half the bytes nothing comes until the server ends.
class SmallServer {
public:
  enum class Manner { whole, cut, hangs };
  explicit SmallServer(std::map<std::string, std::string> files, Manner manner = Manner::whole)
      : files_(std::move(files)), manner_(manner),
        listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(listener_, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
        ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr *>(&address), &size) != 0)
      throw std::runtime_error("no loopback server");
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::jthread([this](const std::stop_token &stop) { serve(stop); });
  }
  ~SmallServer() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
  }
  const std::string &url() const { return url_; }
  int requests() const { return requests_; }

private:
  static bool readable(int socket) {
    pollfd wait{socket, POLLIN, 0};
    return ::poll(&wait, 1, 20) > 0;
  }
  void serve(const std::stop_token &stop) {
    while (!stop.stop_requested())
      if (readable(listener_)) {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0)
          answer(client, stop);
        ::close(client);
      }
  }
  void answer(int client, const std::stop_token &stop) {
    std::string request;
    char buffer[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
      const ssize_t got = ::recv(client, buffer, sizeof(buffer), 0);
      if (got <= 0)
        return;
      request.append(buffer, static_cast<std::size_t>(got));
    }
    ++requests_;
    const std::string path = request.substr(4, request.find(' ', 4) - 4);
    const auto file = files_.find(path);
    if (file == files_.end()) {
      send_all(client, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    const std::string &body = file->second;
    send_all(client, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                         "\r\nConnection: close\r\n\r\n");
    send_all(client, manner_ == Manner::whole ? body : body.substr(0, body.size() / 2));
    while (manner_ == Manner::hangs && !stop.stop_requested() && !readable(client)) {
    }
  }
  static void send_all(int client, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0)
        return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  std::map<std::string, std::string> files_;
  Manner manner_;
  int listener_;
  std::string url_;
  std::atomic<int> requests_{0};
  std::jthread thread_;
};

} // namespace duet::test
