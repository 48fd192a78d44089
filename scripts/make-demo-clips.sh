#!/bin/sh
# Makes the demonstration's recordings from two drawn scenes: a slow pan at two frames a second with a burnt-in clock, the
# device's number and a tone that rises and falls like speech. Every frame says that it is a demonstration. The clips last
# as long as the activities they record. Needs ffmpeg, rsvg-convert (librsvg2-bin) and a Noto CJK font.
set -eu
out=${1:-apps/cli/assets/demo}
font=$(fc-match -f '%{file}' 'Noto Sans CJK SC:lang=zh-cn')
case $font in *CJK*) ;; *) echo "请先安装字体：apt-get install fonts-noto-cjk" >&2; exit 1 ;; esac
words=$(mktemp -d)
trap 'rm -r "$words"' EXIT
sed 's/行政处罚决定书/行政处罚告知书/; s/罚决/罚告/' "$out/scenes/service.svg" > "$words/notice.svg"
sed 's/行政处罚决定书/询问笔录/; s/走街罚决〔2026〕1号//' "$out/scenes/service.svg" > "$words/inquiry.svg"
{ sed '/消防通道 禁止占用/q' "$out/scenes/street.svg"; echo '</svg>'; } > "$words/patrol.svg"
cp "$out"/scenes/*.svg "$words"
for scene in street service notice inquiry patrol; do rsvg-convert -w 1600 "$words/$scene.svg" -o "$words/$scene.png"; done

# clip <file> <seconds> <scene> <title> <start, UTC> <start, UTC seconds>
clip() {
  file=$1; seconds=$2; scene=$3; title=$4; start=$5; epoch=$6
  printf '演示 · %s' "$title" > "$words/title"
  frames=$((seconds * 2))
  text="fontfile=$font:fontcolor=white:box=1:boxcolor=black@0.5:boxborderw=6"
  ffmpeg -nostdin -loglevel error -y \
    -loop 1 -i "$words/$scene.png" \
    -f lavfi -i "sine=frequency=180:sample_rate=16000:duration=$seconds" \
    -filter_complex "[0:v]zoompan=z='1.25+0.15*sin(on/40)':x='(iw-iw/zoom)*(0.5+0.5*sin(on/60))':y='(ih-ih/zoom)*(0.6+0.3*sin(on/90))':d=$frames:s=640x360:fps=2,\
drawtext=$text:fontsize=15:x=10:y=10:textfile=$words/title,\
drawtext=$text:fontsize=15:x=10:y=h-28:text='%{pts\:localtime\:$epoch\:%Y-%m-%d %H\\\\\:%M\\\\\:%S}',\
drawtext=$text:fontsize=15:x=w-tw-10:y=h-28:text='BWC-07'[v];\
[1:a]vibrato=f=5:d=0.7,tremolo=f=3.5:d=0.85,highpass=f=120,volume=0.4[a]" \
    -map '[v]' -map '[a]' -frames:v "$frames" \
    -c:v libx264 -profile:v baseline -pix_fmt yuv420p -preset veryslow -crf 38 -g 40 \
    -c:a aac -b:a 6k -ar 8000 -ac 1 -shortest -movflags +faststart \
    -metadata creation_time="$start" -metadata title="$title" -fflags +bitexact -threads 1 "$out/$file"
}

export TZ=Asia/Shanghai
clip inspection-1.mp4 180 street '现场检查（第一段）' 2026-03-10T01:30:00Z 1773106200
clip inspection-2.mp4 120 street '现场检查（第二段）' 2026-03-10T01:33:00Z 1773106380
clip inquiry.mp4 180 inquiry '询问当事人' 2026-03-10T02:30:00Z 1773109800
clip notice.mp4 60 notice '送达告知书' 2026-04-01T02:00:00Z 1775008800
clip service.mp4 90 service '送达决定书' 2026-04-20T02:00:00Z 1776650400
clip patrol-1.mp4 60 patrol '日常巡查（示范路）' 2025-09-15T01:30:00Z 1757899800
clip patrol-2.mp4 60 patrol '日常巡查（示范二路）' 2025-10-13T01:30:00Z 1760319000

# What a recorder with a flat battery leaves: the index stands at the end and never got written.
ffmpeg -nostdin -loglevel error -y -i "$out/service.mp4" -c copy -movflags 0 "$out/whole.tmp.mp4"
head -c 120000 "$out/whole.tmp.mp4" > "$out/broken.mp4"
rm "$out/whole.tmp.mp4"
ls -l "$out"
