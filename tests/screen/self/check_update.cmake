# Runs screentest --update on a copy of a script and looks at what it writes: the pictures that the
# script had, nothing on a second run, SVG where it is asked for; and that folders stay only if kept.
#   cmake -DSCREENTEST=... -DDEMO=... -DSANDBOX=... -DSCRIPT=... -P check_update.cmake
set(work "${CMAKE_CURRENT_BINARY_DIR}/update")
file(REMOVE_RECURSE "${work}")
file(MAKE_DIRECTORY "${work}/tmp")
set(ENV{TMPDIR} "${work}/tmp")
get_filename_component(name "${SCRIPT}" NAME_WE)
string(REPLACE ".keys" ".screen" screen "${SCRIPT}")
configure_file("${SCRIPT}" "${work}/${name}.keys" COPYONLY)

function(run words)
  execute_process(
    COMMAND "${SCREENTEST}" --tourdesk "${DEMO}" --sandbox "${SANDBOX}" ${ARGN} "${work}/${name}.keys"
    WORKING_DIRECTORY "${work}" RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT code EQUAL 0 OR NOT said MATCHES "^${words}$")
    message(FATAL_ERROR "${ARGN} ended with ${code} and said:\n${said}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

function(must_be_same a b)
  file(READ "${a}" one)
  file(READ "${b}" other)
  if(NOT one STREQUAL other)
    message(FATAL_ERROR "${a} and ${b} differ")
  endif()
endfunction()

set(ok "ok [^\n]*${name}.keys\n")
run("wrote [^\n]*${name}.screen\n${ok}" --update)
must_be_same("${work}/${name}.screen" "${screen}")
run("${ok}" --update)
run("${ok}")

# A changed picture is put right, a left-over one is dropped.
file(READ "${screen}" text)
string(REPLACE "start" "begin" text "${text}")
file(WRITE "${work}/${name}.screen" "== old\n|x\n-- cursor hidden\n${text}")
run("wrote [^\n]*${name}.screen\n${ok}" --update)
must_be_same("${work}/${name}.screen" "${screen}")

run("${ok}" --svg "${work}/svg")
file(GLOB pictures "${work}/svg/*.svg")
if(NOT pictures)
  message(FATAL_ERROR "no picture was written")
endif()
file(READ "${pictures}" svg)
if(NOT svg MATCHES "^<svg xmlns='http://www.w3.org/2000/svg'.*textLength=.*</svg>\n$")
  message(FATAL_ERROR "that is no picture:\n${svg}")
endif()

file(GLOB left "${work}/tmp/*")
if(left)
  message(FATAL_ERROR "these were left: ${left}")
endif()
run("${ok}kept ([^\n]*)\n" --keep)
file(GLOB left "${work}/tmp/*/tourdesk.conf")
if(NOT left)
  message(FATAL_ERROR "nothing was kept")
endif()
file(REMOVE_RECURSE "${work}")
