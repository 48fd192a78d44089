#!/bin/sh
# Makes the demonstration's recordings: a synthetic moving picture with a burnt-in clock and title, and a tone that
# rises and falls like speech. Not a scene: it says so in the picture. Needs ffmpeg and a Noto CJK font.
set -eu
out=${1:-apps/cli/assets/demo}
font=$(fc-match -f '%{file}' 'Noto Sans CJK SC:lang=zh-cn')
case $font in *CJK*) ;; *) echo "请先安装字体：apt-get install fonts-noto-cjk" >&2; exit 1 ;; esac
mkdir -p "$out"
words=$(mktemp -d)
trap 'rm -r "$words"' EXIT

# clip <file> <seconds> <title> <line under it> <start, local time> <start, UTC seconds>
clip() {
  file=$1; seconds=$2; title=$3; line=$4; start=$5; epoch=$6
  printf %s "$title" > "$words/title"
  printf %s "$line" > "$words/line"
  text="fontfile=$font:fontcolor=white:box=1:boxcolor=black@0.55:boxborderw=8"
  ffmpeg -nostdin -loglevel error -y \
    -f lavfi -i "testsrc2=size=640x360:rate=15:duration=$seconds" \
    -f lavfi -i "sine=frequency=180:sample_rate=16000:duration=$seconds" \
    -filter_complex "[0:v]eq=saturation=0.35:brightness=-0.12,\
drawtext=$text:fontsize=30:x=(w-tw)/2:y=40:textfile=$words/title,\
drawtext=$text:fontsize=20:x=(w-tw)/2:y=96:textfile=$words/line,\
drawtext=$text:fontsize=18:x=16:y=h-44:text='%{pts\:localtime\:$epoch\:%Y-%m-%d %H\\\\\:%M\\\\\:%S}',\
drawtext=$text:fontsize=18:x=w-tw-16:y=h-44:text='BWC-07'[v];\
[1:a]vibrato=f=5:d=0.7,tremolo=f=3.5:d=0.85,highpass=f=120,volume=0.5[a]" \
    -map '[v]' -map '[a]' \
    -c:v libx264 -profile:v baseline -pix_fmt yuv420p -preset slow -crf 33 -g 30 \
    -c:a aac -b:a 24k -ac 1 -movflags +faststart \
    -metadata creation_time="$start" -metadata title="$title" -fflags +bitexact -threads 1 "$out/$file"
}

export TZ=Asia/Shanghai
clip inspection-1.mp4 25 '演示：现场检查录像' '第一段：到达现场、出示证件、告知' 2026-03-10T01:30:00Z 1773106200
clip inspection-2.mp4 20 '演示：现场检查录像' '第二段：检查、拍照取证、确认笔录' 2026-03-10T01:30:25Z 1773106225
clip service.mp4 15 '演示：直接送达录像' '送达文书名称与当事人面貌可辨' 2026-04-20T02:00:00Z 1776650400

# What a recorder with a flat battery leaves: the index stands at the end and never got written.
ffmpeg -nostdin -loglevel error -y -i "$out/service.mp4" -c copy -movflags 0 "$out/whole.tmp.mp4"
head -c 120000 "$out/whole.tmp.mp4" > "$out/broken.mp4"
rm "$out/whole.tmp.mp4"
ls -l "$out"
