# Backstay's mover, see src/docs/mover-protocol.md. Runs in any POSIX shell with busybox's tools.
verb=$1 root=$2
shift 2
work=${TMPDIR:-/tmp}/backstay.$$
say_end() { # STATUS HASHFILE
  printf '\nBACKSTAY rc=%03d sha256=%s\n' "$1" "$(head -c 64 "$2")"
}
outgoing() { # COMMAND…: its output, then the trailer
  mkfifo "$work/pipe" || exit 125
  sha256sum <"$work/pipe" >"$work/hash" &
  { "$@" 2>"$work/err"; echo $? >"$work/rc"; } | tee "$work/pipe"
  wait
  head -c 4096 "$work/err" >&2
  say_end "$(cat "$work/rc")" "$work/hash"
  rm -rf "$work"
}
incoming() { # LENGTH COMMAND…: its input, then the trailer
  length=$1
  shift
  mkfifo "$work/pipe" || exit 125
  sha256sum <"$work/pipe" >"$work/hash" &
  head -c "$length" | tee "$work/pipe" | { "$@" >/dev/null 2>"$work/err"; echo $? >"$work/rc"; cat >/dev/null; }
  wait
  head -c 4096 "$work/err" >&2
  say_end "$(cat "$work/rc")" "$work/hash"
  rm -rf "$work"
}
listed() { head -c "$1" >"$work/list"; }
each_link() {
  xargs -0 -n 3 sh -c 'chown -h "$0" -- "$2" && touch -h -d "@$1" -- "$2"'
}
begin() { mkdir -p "$work" && cd "$root" || exit 124; }
case $verb in
probe)
  for tool in find stat tar xargs head tail tee mkfifo sha256sum httpd chown touch; do
    command -v "$tool" >/dev/null 2>&1 && echo "tool $tool"
  done
  echo "uid $(id -u)"
  ;;
list)
  export TZ=UTC0
  cd "$root" || exit 124
  find . -exec stat -c "$1 %f %a %u %g %s %Y %y %Z %z %i %h %t %T %d %b %B/%n$1%N" {} +
  rc=$?
  # Only if something could not be listed: which folders may not be read.
  [ $rc = 0 ] || find . -type d -exec sh -c 'for d; do [ -r "$d" ] && [ -x "$d" ] || printf "%s UNREADABLE/%s%s\n" "$0" "$d" "$0"; done' "$1" {} + 2>/dev/null
  echo "$1 END rc=$rc"
  ;;
read)
  begin
  listed "$1"
  outgoing xargs -0 -s 1000000 tar --no-recursion --numeric-owner -c -f - <"$work/list"
  ;;
tail)
  begin
  listed "$1"
  outgoing xargs -0 -n 1 tail -c "+$(($2 + 1))" <"$work/list"
  ;;
write)
  begin
  incoming "$1" tar --numeric-owner -x -p -f -
  ;;
links)
  begin
  incoming "$1" each_link
  ;;
remove)
  begin
  incoming "$1" xargs -0 rm -rf --
  ;;
serve)
  home=${TMPDIR:-/tmp}/backstay-$2
  mkdir -p "$home/cgi-bin" && cd "$home" || exit 124
  printf '%s' "$BACKSTAY_SCRIPT" >mover.sh
  for one in read tail write; do
    printf '#!/bin/sh\nprintf "Content-Type: application/octet-stream\\r\\n\\r\\n"\nexec sh %s/mover.sh %s %s "$CONTENT_LENGTH" "$QUERY_STRING"\n' \
      "$home" "$one" "$root" >"cgi-bin/$2-$one"
    chmod 700 "cgi-bin/$2-$one"
  done
  httpd -p "127.0.0.1:$1" -h "$home" && echo ready
  ;;
*) exit 127 ;;
esac
