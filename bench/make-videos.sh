#!/usr/bin/env bash
# Makes the two videos of the corpus, 1280x720, 30 frames a second, out of photos, compressed once as a streamed video is.
# usage: make-videos.sh OUTDIR PHOTO PHOTO PHOTO PHOTO
#   slow.mkv  8 s: a long zoom and drift through each photo
#   fast.mkv  8 s: eight shots of one second with hard cuts: sharp pans, turns, zooms, shaking
set -euo pipefail
out=$1; shift
size=1280x720 rate=30
grain="noise=alls=3:allf=t:all_seed=5,format=yuv420p"
inputs=() photos=("$@")
for photo in "${photos[@]}"; do inputs+=(-i "$photo"); done
mkdir -p "$out"

encode() { # file, filter graph ending in [out]
  ffmpeg -v error -y "${@:3}" -filter_complex "$2" -map "[out]" -r $rate -c:v libx264 -preset fast -crf 18 "$1"
}

slow=""
for i in 0 1 2 3; do
  slow+="[$i:v]scale=2560:1440:force_original_aspect_ratio=increase,crop=2560:1440,"
  slow+="zoompan=z='1.04+0.0011*on':x='iw*0.001*on+11*sin(on/8)':y='ih*0.0009*on':d=60:s=$size:fps=$rate,$grain,setsar=1[s$i];"
done
encode "$out/slow.mkv" "$slow[s0][s1][s2][s3]concat=n=4:v=1[out]" "${inputs[@]}"

# One shot is one second of one photo, enlarged and then cut out by a moving, turning or shaking window.
shot() { # number, photo, filters that end at 1280x720
  printf '[%d:v]trim=end_frame=%d,setpts=PTS-STARTPTS,scale=2880:1620:force_original_aspect_ratio=increase,crop=2880:1620,%s,%s,setsar=1[f%d];' \
    "$1" "$rate" "$3" "$grain" "$1"
}
pan_right="crop=1280:720:x='min(iw-1280,1500*t)':y='300+40*t'"
pan_left="crop=1280:720:x='max(0,iw-1280-1550*t)':y='700-300*t'"
drop="crop=1280:720:x=500:y='min(ih-720,880*t)'"
turn="rotate=a='1.3*t':ow=2200:oh=1400,crop=1280:720:x=460:y=340"
spin="rotate=a='-2.2*t*t':ow=2200:oh=1400,crop=1280:720:x='460+200*t':y=340"
shake="crop=1280:720:x='760+90*sin(31*t)+40*sin(53*t)':y='420+70*cos(37*t)+30*sin(71*t)'"
zoom_in="zoompan=z='1+0.055*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=$size:fps=$rate"
zoom_out="zoompan=z='max(1,2.6-0.055*on)':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=$size:fps=$rate"
shots=("$pan_right" "$turn" "$zoom_in" "$pan_left" "$shake" "$drop" "$spin" "$zoom_out")
fast="" joined="" inputs=()
for i in "${!shots[@]}"; do
  inputs+=(-loop 1 -framerate $rate -i "${photos[$((i % ${#photos[@]}))]}")
  fast+=$(shot "$i" x "${shots[$i]}")
  joined+="[f$i]"
done
encode "$out/fast.mkv" "$fast${joined}concat=n=${#shots[@]}:v=1[out]" "${inputs[@]}"
