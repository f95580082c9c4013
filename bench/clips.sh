# The clips of the corpus, sourced by ./record. For each: NAME_rate (ticks a second), NAME_seconds, NAME_open (starts the
# programs and puts them in place) and NAME_drive (the input while the recorder runs). Helpers come from ./record:
# run, browse, await_window, place, maximize, wheel, settle.
# shellcheck shell=bash disable=SC2034,SC2154

PICTURES=/usr/share/backgrounds/mate/nature
LICENSE_TEXT=/usr/share/common-licenses/GPL-3
TERMINAL=(xterm -fa "DejaVu Sans Mono" -fs 11)

list_files() { run thunar "$PICTURES"; await_window nature; }

# Typing inside long lines of an editor, then in a terminal that answers with a list.
typing_rate=30 typing_seconds=7
typing_open() {
  run mousepad "$PAGES/long-lines.txt"
  run "${TERMINAL[@]}" -title Terminal -geometry 100x30+1000+500 -e bash --norc
  place long-lines 60 60 1100 800
}
typing_drive() {
  xdotool mousemove 400 500 click 1
  xdotool type --delay 90 'Good morning, one moment please while I look. '
  xdotool mousemove 1500 800 click 1
  xdotool type --delay 70 $'ls -la /etc | head -20\n'
}

# A full-screen terminal, two new lines forty times a second.
scrollterm_rate=60 scrollterm_seconds=5
scrollterm_open() {
  run "${TERMINAL[@]}" -title Terminal -e bash --norc
  maximize Terminal
  xdotool type --delay 5 "for n in {1..200}; do sed -n \${n}p $LICENSE_TEXT; ls -la /usr/lib/x86_64-linux-gnu | sed -n \$((n + 9))p; sleep .025; done"
}
scrollterm_drive() { xdotool key Return; settle 4; }

# A web page of text, photos, cards and tables under a fixed header with a soft shadow.
scrollweb_rate=60 scrollweb_seconds=5
scrollweb_open() { browse mixed.html; }
scrollweb_drive() { xdotool mousemove 900 600; wheel 25 down .1; wheel 6 up .15; settle .3; }

# An editor full of text by wheel and by pages.
scrolltext_rate=60 scrolltext_seconds=4
scrolltext_open() { run mousepad "$LICENSE_TEXT"; maximize GPL; }
scrolltext_drive() { xdotool mousemove 800 600; wheel 40 down .05; wheel 20 up .04; xdotool key Next Next Next; }

# A window dragged over a file list and a photographed wallpaper.
drag_rate=60 drag_seconds=4
drag_open() {
  list_files
  run mousepad "$LICENSE_TEXT"
  place GPL 200 100 900 640
}
drag_drive() {
  local step
  xdotool mousemove 600 112 mousedown 1
  for step in $(seq 180); do
    xdotool mousemove $((600 + step * 4)) $((112 + step * 2 + step % 30 * 3))
    settle .014
  done
  xdotool mouseup 1
}

# Every menu of an editor, two dialogs, a context menu.
menus_rate=30 menus_seconds=7
menus_open() { run mousepad "$LICENSE_TEXT"; place GPL 200 100 1200 800; }
menus_drive() {
  xdotool mousemove 600 500 click 1 key F10
  settle .4
  local step
  for step in 1 2 3 4 5; do xdotool key Right; settle .3; done
  xdotool key Escape; settle .2
  xdotool key ctrl+h; settle .8; xdotool key Escape
  xdotool key ctrl+o; settle 1.2; xdotool key Escape
  settle .4
  xdotool mousemove 700 600 click 3; settle .5; xdotool key Escape
}

# Between a photo page, a news page, a text page and a terminal.
switch_rate=30 switch_seconds=8
switch_open() {
  browse mixed.html news.html text.html
  run "${TERMINAL[@]}" -title Terminal -e bash --norc -c 'ls -la /usr/lib/x86_64-linux-gnu; sleep 60'
  maximize Terminal
}
switch_drive() {
  local round
  for round in 1 2; do
    xdotool key alt+Tab; settle .6
    xdotool key ctrl+Next; settle .7
    xdotool key ctrl+Next; settle .7
    xdotool key space; settle .4
    xdotool key ctrl+Next; settle .6
    xdotool key alt+Tab; settle .5
  done
}

# A video window over a file list: slow zooms and drifts.
video_rate=30 video_seconds=6
video_open() { list_files; play slow.mkv; }
video_drive() { settle 1; }

# A clock and a caret.
idle_rate=30 idle_seconds=5
idle_open() { run mousepad "$LICENSE_TEXT"; run xclock -digital -update 1 -geometry 200x40+1500+900; settle 2; }
idle_drive() { settle 1; }

# The same kinds of work with text whose edges are colored (subpixel rendering, as Windows has by default).
cleartype_rate=60 cleartype_seconds=8
cleartype_open() {
  color_text
  browse text.html
  run "${TERMINAL[@]}" -title Terminal -geometry 90x26+900+420 -e bash --norc
  run mousepad "$LICENSE_TEXT"
  place GPL 60 60 1000 700
  place Terminal 900 420
}
cleartype_drive() {
  xdotool mousemove 400 400 click 1
  xdotool type --delay 80 'Colored edges. '
  wheel 10 down .06
  xdotool mousemove 1400 800 click 1
  xdotool type --delay 40 $'ls -la /usr/lib | head -60\n'
  settle .4
  xdotool mousemove 1500 300 click 1 mousemove 1700 300
  wheel 14 down .08
  xdotool mousemove 400 100 click 1; settle .3
}

# A word processor and a spreadsheet: type, scroll, menus, another cell, another window.
office_rate=30 office_seconds=12
office_open() {
  run_office "$PAGES/sheet.fods"
  maximize sheet
  run_office "$PAGES/letter.fodt"
  maximize letter
  settle 2
}
office_drive() {
  xdotool mousemove 960 640 click 1
  xdotool type --delay 80 'Dear Mrs. Jansen, '
  wheel 8 down .12
  xdotool key Next; settle .3; xdotool key Next; settle .4
  xdotool key alt+o; settle .5; xdotool key Escape Escape; settle .2
  xdotool key ctrl+f; settle .5; xdotool key Escape; settle .2
  xdotool key alt+Tab; settle .8
  xdotool mousemove 700 520 click 1
  xdotool type --delay 80 $'1250\n17\n=3*14\n'
  wheel 8 down .12
  xdotool key Right Right Down Down; settle .2
  xdotool key shift+Down shift+Down shift+Down shift+Right; settle .4
  xdotool mousemove 700 620 click 3; settle .6; xdotool key Escape
}

# A video window with sharp pans, turns, zooms, shaking and hard cuts.
fastvideo_rate=30 fastvideo_seconds=6
fastvideo_open() { list_files; play fast.mkv; }
fastvideo_drive() { settle 1; }
