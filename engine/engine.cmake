# Floors, lowest first: each room links only to rooms below it.
duet_room(engine/base TBB::tbb Threads::Threads)
if(DUET_STD_THREADS)
  target_compile_definitions(duet_base PRIVATE DUET_STD_THREADS)
endif()

# The numeric kernels, once per instruction set, chosen at run time (engine/kernels/loader.h).
# The vector width follows the instruction set: DUET_VECTOR_BYTES.
file(GLOB kernel_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/kernels/*/*.cpp)
set(kernel_options -O3 -ffp-contract=fast -fno-math-errno -fno-trapping-math)
function(duet_kernels isa bytes)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU") # their vectors are GCC's, which a build for libFuzzer leaves them to
    find_program(DUET_GCC NAMES g++ REQUIRED)
    set(library ${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/duet_kernels_${isa}.so)
    file(GLOB_RECURSE kernel_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/kernels/*.h)
    add_custom_command(OUTPUT ${library} DEPENDS ${kernel_sources} ${kernel_headers} VERBATIM
      COMMAND ${DUET_GCC} -std=c++20 -shared -fPIC -fvisibility=hidden -I${CMAKE_SOURCE_DIR}
              -DDUET_VECTOR_BYTES=${bytes} ${kernel_options} ${ARGN}
              ${kernel_sources} -o ${library})
    add_custom_target(duet_kernels_${isa} DEPENDS ${library})
    return()
  endif()
  add_library(duet_kernels_${isa} SHARED ${kernel_sources})
  set_target_properties(duet_kernels_${isa} PROPERTIES PREFIX "" OUTPUT_NAME "duet_kernels_${isa}")
  target_include_directories(duet_kernels_${isa} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(duet_kernels_${isa} PRIVATE DUET_VECTOR_BYTES=${bytes})
  target_compile_options(duet_kernels_${isa} PRIVATE ${kernel_options} ${ARGN})
endfunction()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(kernel_isas x86-64 x86-64-v3 x86-64-v4)
  duet_kernels(x86-64 16 -march=x86-64)
  duet_kernels(x86-64-v3 32 -march=x86-64-v3)
  duet_kernels(x86-64-v4 64 -march=x86-64-v4 -mprefer-vector-width=512)
else()
  set(kernel_isas native)
  duet_kernels(native 16)
endif()
duet_room(engine/kernels duet_base ${CMAKE_DL_LIBS})
foreach(isa ${kernel_isas})
  add_dependencies(duet_kernels duet_kernels_${isa})
endforeach()

duet_room(engine/io duet_base ZLIB::ZLIB LibArchive::LibArchive OpenSSL::Crypto nlohmann_json::nlohmann_json)
duet_room(engine/data duet_base duet_io CURL::libcurl)
# The built-in data set becomes part of every program (engine/data/embedded.cpp).
file(GLOB mnist_mini CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/mnist-mini/*.gz)
set_source_files_properties(engine/data/embedded.cpp PROPERTIES OBJECT_DEPENDS "${mnist_mini}"
                            COMPILE_DEFINITIONS DUET_MNIST_MINI="${CMAKE_SOURCE_DIR}/resources/mnist-mini")
duet_room(engine/circuit duet_base Eigen3::Eigen)
duet_room(engine/qasm duet_circuit)
duet_room(engine/simulator duet_circuit duet_kernels)
duet_room(engine/spiking duet_base duet_kernels)
duet_room(engine/model duet_qasm duet_simulator duet_spiking duet_io)
duet_room(engine/training duet_model duet_data)
duet_room(engine/experiment duet_training nlohmann_json::nlohmann_json)
duet_room(engine/session duet_experiment)
duet_room(engine/bench duet_session)
duet_room(app/cli duet_session duet_bench CLI11::CLI11 nlohmann_json::nlohmann_json)
target_compile_definitions(duet_app_cli PRIVATE DUET_VERSION="${PROJECT_VERSION}")
