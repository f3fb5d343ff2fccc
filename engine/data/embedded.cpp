#include "engine/data/embedded.h"

// The assembler copies the files into the read-only data, each between two symbols. DUET_MNIST_MINI is
// their folder.
#define DUET_EMBED(symbol, file)                                                                             \
  asm(".section .rodata\n"                                                                                   \
      ".global " #symbol "_begin\n.hidden " #symbol "_begin\n.balign 16\n" #symbol "_begin:\n"               \
      ".incbin \"" DUET_MNIST_MINI "/" file ".gz\"\n"                                                        \
      ".global " #symbol "_end\n.hidden " #symbol "_end\n" #symbol "_end:\n.byte 0\n"                        \
      ".previous\n");                                                                                        \
  extern "C" const char symbol##_begin[], symbol##_end[]

DUET_EMBED(duet_mini_train_images, "train-images-idx3-ubyte");
DUET_EMBED(duet_mini_train_labels, "train-labels-idx1-ubyte");
DUET_EMBED(duet_mini_test_images, "t10k-images-idx3-ubyte");
DUET_EMBED(duet_mini_test_labels, "t10k-labels-idx1-ubyte");

namespace duet {

std::string_view embedded_mnist_mini(IdxRole role) {
  switch (role) {
  case train_images:
    return {duet_mini_train_images_begin, duet_mini_train_images_end};
  case train_labels:
    return {duet_mini_train_labels_begin, duet_mini_train_labels_end};
  case test_images:
    return {duet_mini_test_images_begin, duet_mini_test_images_end};
  case test_labels:
    return {duet_mini_test_labels_begin, duet_mini_test_labels_end};
  }
  return {};
}

} // namespace duet
