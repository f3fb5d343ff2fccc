#include "engine/data/download.h"
#include "engine/base/error.h"
#include <array>
#include <curl/curl.h>
#include <memory>

namespace duet {
namespace {

constexpr std::size_t max_bytes = 256u << 20; // no known set comes near
constexpr long connect_timeout_s = 15, stalled_s = 30, least_bytes_per_s = 100;

struct Transfer {
  std::string bytes;
  const ByteProgress *progress;
  const std::stop_token *stop;
};

std::size_t receive(char *data, std::size_t size, std::size_t count, void *user) {
  Transfer &transfer = *static_cast<Transfer *>(user);
  if (transfer.bytes.size() + size * count > max_bytes)
    return 0; // ends the transfer with an error
  transfer.bytes.append(data, size * count);
  return size * count;
}

int report(void *user, curl_off_t total, curl_off_t done, curl_off_t, curl_off_t) {
  const Transfer &transfer = *static_cast<Transfer *>(user);
  if (*transfer.progress)
    (*transfer.progress)(static_cast<std::size_t>(done), static_cast<std::size_t>(total));
  return transfer.stop->stop_requested() ? 1 : 0;
}

void initialise_once() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK)
    throw Error(ExitCode::data, std::string("Cannot use the network: ") + curl_easy_strerror(result) + ".");
}

} // namespace

std::string download(const std::string &url, const ByteProgress &progress, const std::stop_token &stop) {
  initialise_once();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
  if (!handle)
    throw std::bad_alloc();
  Transfer transfer{{}, &progress, &stop};
  std::array<char, CURL_ERROR_SIZE> reason{};
  CURL *curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); // it may run on any thread
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, least_bytes_per_s);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, stalled_s);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "duet");
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, report);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  const CURLcode result = curl_easy_perform(curl);
  if (stop.stop_requested())
    throw Error(ExitCode::interrupted, "The download of " + url + " was stopped.");
  if (result != CURLE_OK)
    throw Error(ExitCode::data, url + ": " + (reason[0] ? reason.data() : curl_easy_strerror(result)));
  return std::move(transfer.bytes);
}

} // namespace duet
