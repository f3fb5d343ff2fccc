// What a program that writes files sees to before anything else.
#pragma once

namespace duet {

/// From here on a write that cannot be done fails, and is told as a sentence, instead of ending the process
/// (SIGPIPE: nobody reads a pipe; SIGXFSZ: `ulimit -f`). A standard stream that came closed is opened on
/// nothing, so that no file of ours becomes what messages are written to.
void prepare_process();

/// Ends this process as a tool ends that writes into a pipe nobody reads: by SIGPIPE, 141 to a shell.
[[noreturn]] void end_by_broken_pipe();

} // namespace duet
