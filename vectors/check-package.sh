#!/bin/sh
# 不依赖制包系统的核验：只用 coreutils、awk、sed、tar/unzip、openssl。
# 用法：sh verify.sh [卷包目录 | 卷包.tar | 卷包.zip] [机关公布的公钥（vkey）]
# 目录省略时为本脚本所在卷包。公钥省略时用包内公钥，只能证明前后一致，不能证明出处。
# 退出码：0 全部成立；1 有不成立的；2 无法核验。
set -u
LC_ALL=C
export LC_ALL
PKG=$(dirname "$0")/..
VKEY=
[ $# -lt 1 ] || PKG=$1
[ $# -lt 2 ] || VKEY=$2
TMP=$(mktemp -d) || exit 2
trap 'rm -rf "$TMP"' EXIT
BAD=0
ok() { echo "[成立]   $*"; }
bad() { echo "[不成立] $*"; BAD=1; }

case $PKG in
  *.tar) mkdir "$TMP/p" && tar -xf "$PKG" -C "$TMP/p" || exit 2; PKG=$TMP/p ;;
  *.zip) mkdir "$TMP/p" && unzip -q "$PKG" -d "$TMP/p" || exit 2; PKG=$TMP/p ;;
esac
cd "$PKG" 2>/dev/null || { echo "读不到卷包 $PKG"; exit 2; }
# 制包时整个卷包可能放在一个目录里
if [ ! -f bagit.txt ] && [ "$(ls | wc -l)" -eq 1 ] && [ -f "$(ls)/bagit.txt" ]; then cd "$(ls)" || exit 2; fi
[ -f bagit.txt ] && [ -f proofs/checkpoint ] || { echo "这不是卷包：缺 bagit.txt 或者 proofs/checkpoint"; exit 2; }

unhex() { env printf "$(sed 's/\(..\)/\\x\1/g')"; }
tohex() { od -An -v -tx1 | tr -d ' \n'; }
sha() { sha256sum | cut -c1-64; }

echo "一、清单（sha256sum -c）"
check_manifest() { # 清单 文件范围
  if [ -s "$1" ] && sha256sum --strict --quiet -c "$1" >"$TMP/out" 2>&1; then ok "$1 各文件摘要"; else
    bad "$1 各文件摘要"; sed 's/^/         /' "$TMP/out"; fi
  sed 's/^[0-9a-f]*  //' "$1" >"$TMP/listed"
  if sort -c -u "$TMP/listed" 2>/dev/null && ! grep -qvE '^[0-9a-f]{64}  [^ ]' "$1"; then ok "$1 写法规范"; else bad "$1 写法不规范"; fi
  if cmp -s "$TMP/listed" "$2"; then ok "$1 与包内文件一一对应"; else
    bad "$1 与包内文件不一一对应"; diff "$TMP/listed" "$2" | sed -n 's/^[<>]/        &/p'; fi
}
find . ! -type d | sed 's/^\.\///' | sort >"$TMP/all"
grep '^data/' "$TMP/all" >"$TMP/data"
grep -v -e '^data/' -e '^tagmanifest-sha256\.txt$' "$TMP/all" >"$TMP/tags"
check_manifest manifest-sha256.txt "$TMP/data"
check_manifest tagmanifest-sha256.txt "$TMP/tags"

echo "二、检查点签名（openssl），日志换过公钥的依日志里的登记"
node() { echo "01$1$2" | unhex | sha; }
included() { # 条目摘要 证明文件
  R=$1
  FN=$(sed -n 's/^index \([0-9][0-9]*\)$/\1/p' "$2" | sed -n 1p)
  [ -n "$FN" ] && [ "$FN" -lt "$SIZE" ] || return 1
  SN=$((SIZE - 1))
  for P in $(sed -e '1,/^index /d' -e '/^$/,$d' "$2"); do
    P=$(echo "$P" | base64 -d 2>/dev/null | tohex)
    [ "$SN" -ne 0 ] || return 1
    if [ $((FN % 2)) -eq 1 ] || [ "$FN" -eq "$SN" ]; then
      R=$(node "$P" "$R")
      while [ $((FN % 2)) -eq 0 ] && [ "$FN" -ne 0 ]; do FN=$((FN / 2)); SN=$((SN / 2)); done
    else
      R=$(node "$R" "$P")
    fi
    FN=$((FN / 2)); SN=$((SN / 2))
  done
  [ "$SN" -eq 0 ] && [ "$R" = "$ROOT" ]
}
member() { sed -n "s/.*\"$2\":{\([^}]*\)}.*/\1/p" "$1" | tr ',' '\n' | sed -n "s/^\"$3\":\"\(.*\)\"\$/\1/p"; }
commits() { # 事件 部分 条目中的键：内容与两个承诺一致
  cat "$1.$2.salt" "$1.$2.json" 2>/dev/null | (echo liuhen.part.v1; cat) >"$TMP/part"
  H=$(sha <"$TMP/part" | unhex | base64)
  [ "$(wc -c <"$1.$2.salt")" -eq 32 ] && [ "$H" = "$(member "$1.entry" c "$3")" ] || bad "$1.$2.json 与入账时的承诺不一致"
  H3=$(openssl dgst -sm3 -binary "$TMP/part" 2>/dev/null | base64)
  [ "$H3" = "$(member "$1.entry" c3 "$3")" ] || bad "$1.$2.json 与入账时的 SM3 承诺不一致"
}
read_key() { # 公钥：名称、编号、32 字节都对
  KNAME=$(echo "$1" | cut -d+ -f1)
  echo "$1" | cut -d+ -f3- | base64 -d 2>/dev/null | tohex >"$TMP/key"
  KEY=$(cut -c3- "$TMP/key")
  ID=$( (echo "$KNAME"; echo "01$KEY" | unhex) | sha | cut -c1-8)
  [ "$(cut -c1-2 "$TMP/key")" = 01 ] && [ "$(echo "$KEY" | wc -c)" -eq 65 ] && [ "$ID" = "$(echo "$1" | cut -d+ -f2)" ] || return 1
  [ "$KNAME" = "$NAME" ]
}
signed_by() { # 公钥 正文 签名行：有此公钥的签名，而且每一行都成立
  read_key "$1" || return 1
  echo "302a300506032b6570032100$KEY" | unhex >"$TMP/key.der"
  awk -v n="$KNAME" '$2 == n { print $3 }' "$3" >"$TMP/sigs"
  HELD=1
  while read -r LINE; do
    HEX=$(echo "$LINE" | base64 -d 2>/dev/null | tohex)
    [ "$(echo "$HEX" | cut -c1-8)" = "$ID" ] || continue
    echo "$HEX" | cut -c9- | unhex >"$TMP/sig"
    openssl pkeyutl -verify -pubin -inkey "$TMP/key.der" -keyform DER -rawin -in "$2" -sigfile "$TMP/sig" >/dev/null 2>&1 || return 1
    HELD=0
  done <"$TMP/sigs"
  return $HELD
}
if [ -z "$VKEY" ]; then
  VKEY=$(cat proofs/log.vkey)
  echo "[注意]   没有给出公钥，使用包内公钥；请与机关公布的公钥比对：$VKEY"
fi
sed '/^$/,$d' proofs/checkpoint >"$TMP/body"
sed '1,/^$/d' proofs/checkpoint >"$TMP/lines"
NAME=$(sed -n 1p "$TMP/body")
SIZE=$(sed -n 2p "$TMP/body")
case $SIZE in '' | *[!0-9]*) bad "检查点的条数"; SIZE=0 ;; esac
ROOT=$(sed -n 3p "$TMP/body" | base64 -d 2>/dev/null | tohex)

# 一行一把可信的公钥，后面是换到它的各把；交出过的；吊销的（公钥 当时条数 时间）
echo "$VKEY" >"$TMP/ways"
: >"$TMP/over"
: >"$TMP/back"
way_of() { awk -v k="$1" '$1 == k { print; exit }' "$TMP/ways"; }
is_over() { grep -qxF -e "$1" "$TMP/over"; }
field() { sed -n "s/^$1 //p" "$TMP/said"; }
is_time() { echo "$1" | grep -qE '^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$'; }
statement() { # 条目类型：声明写法规范，由当事的公钥签名，不多不少
  AT=$(field at)
  is_time "$AT" || return 1
  case $1 in
    LogKeyRotated)
      LEFT=$(field from); OTHER=$(field to)
      printf '%s\n' liuhen.key-rotation.v1 "log $NAME" "at $AT" "from $LEFT" "to $OTHER" >"$TMP/want"
      [ "$(wc -l <"$TMP/by")" -eq 2 ] && signed_by "$LEFT" "$TMP/said" "$TMP/by" || return 1 ;;
    LogKeyRevoked)
      LEFT=$(field key); OTHER=$(field by); SINCE=$(field since); AGO=$(field size)
      case $AGO in '' | *[!0-9]* | 0?*) return 1 ;; esac
      printf '%s\n' liuhen.key-revocation.v1 "log $NAME" "at $AT" "key $LEFT" "by $OTHER" "since $SINCE" "size $AGO" >"$TMP/want"
      [ "$(wc -l <"$TMP/by")" -eq 1 ] && is_time "$SINCE" && read_key "$LEFT" || return 1 ;;
    *) return 1 ;;
  esac
  [ "$LEFT" != "$OTHER" ] && cmp -s "$TMP/want" "$TMP/said" && signed_by "$OTHER" "$TMP/said" "$TMP/by"
}
change() { # 换钥登记的一条：在日志里，与前一条相扣，内容与承诺一致
  for M in entry public salt; do sed "s/.*\"$M\":\"\([^\"]*\)\".*/\1/" "$TMP/event" | base64 -d >"$TMP/$M" 2>/dev/null || return 1; done
  mv "$TMP/entry" "$TMP/k.entry"; mv "$TMP/public" "$TMP/k.public.json"; mv "$TMP/salt" "$TMP/k.public.salt"
  INDEX=$(sed 's/.*"index":\([0-9]*\).*/\1/' "$TMP/event")
  (echo proof; echo "index $INDEX"; sed 's/.*"proof":\[\([^]]*\)\].*/\1/' "$TMP/event" | tr ',' '\n' | tr -d '"'; echo) >"$TMP/k.proof"
  HASH=$( (env printf '\x00'; cat "$TMP/k.entry") | sha)
  [ "$INDEX" -gt "$LAST" ] && included "$HASH" "$TMP/k.proof" || return 1
  N=$((N + 1)); LAST=$INDEX
  grep -q "\"n\":$N,\"o\":" "$TMP/k.entry" || return 1
  [ "$(sed -n 's/.*"p":\(null\|"[^"]*"\).*/\1/p' "$TMP/k.entry" | tr -d '"')" = "$PREV" ] || return 1
  IN=$(sed -n 's/.*"s":"\([^"]*\)".*/\1/p' "$TMP/k.entry")
  [ "$PREV" = null ] || [ "$IN" = "$STREAM" ] || return 1
  PREV=$(echo "$HASH" | unhex | base64); STREAM=$IN
  commits "$TMP/k" public pub
  grep -qE '^\{"statement":"([^"\\]|\\n)*"\}$' "$TMP/k.public.json" || return 1
  sed -e 's/^{"statement":"//' -e 's/"}$//' "$TMP/k.public.json" | awk '{ gsub(/\\n/, "\n"); printf "%s", $0 }' >"$TMP/note"
  sed '/^$/,$d' "$TMP/note" >"$TMP/said"
  sed '1,/^$/d' "$TMP/note" >"$TMP/by"
  T=$(sed -n 's/.*"t":"\([A-Za-z]*\)".*/\1/p' "$TMP/k.entry")
  statement "$T" || return 1
  if [ "$T" = LogKeyRotated ]; then
    ok "日志第 $INDEX 条：公钥由 $LEFT 换为 $OTHER"
    WAY=$(way_of "$LEFT")
    if [ -z "$WAY" ] || is_over "$LEFT"; then return 0; fi
    echo "$LEFT" >>"$TMP/over"
    [ -n "$(way_of "$OTHER")" ] || echo "$OTHER $WAY" >>"$TMP/ways"
  else
    ok "日志第 $INDEX 条：公钥 $LEFT 自 $SINCE 起吊销"
    if [ -z "$(way_of "$OTHER")" ] || is_over "$OTHER"; then return 0; fi
    echo "$LEFT" >>"$TMP/over"
    echo "$LEFT $AGO $SINCE" >>"$TMP/back"
  fi
}
if [ -f proofs/keys.json ]; then
  (sed -e 's/^{"events":\[//' -e 's/\],"v":1}$//' -e 's/},{"entry"/}\
{"entry"/g' proofs/keys.json; echo) >"$TMP/events"
  B64='"[A-Za-z0-9+/=]*"'
  if (printf '{"events":['; paste -s -d, "$TMP/events" | tr -d '\n'; printf '],"v":1}') | cmp -s - proofs/keys.json &&
    ! grep -qvE "^\{\"entry\":$B64,\"index\":(0|[1-9][0-9]*),\"proof\":\[($B64(,$B64)*)?\],\"public\":$B64,\"salt\":$B64\}\$" "$TMP/events"
  then
    N=0; LAST=-1; PREV=null; STREAM=
    while read -r EVENT; do
      echo "$EVENT" >"$TMP/event"
      change || { bad "proofs/keys.json 第 $((N + 1)) 条换钥登记不成立"; break; }
    done <"$TMP/events"
  else bad "proofs/keys.json 写法不规范"; fi
fi

# 过渡期里新旧两把都签名：先看包内的那一把
(way_of "$(cat proofs/log.vkey)"; cat "$TMP/ways") >"$TMP/tried"
USED=
while read -r WAY; do
  [ -n "$USED" ] || ! signed_by "$(echo "$WAY" | cut -d' ' -f1)" "$TMP/body" "$TMP/lines" || USED=$WAY
done <"$TMP/tried"
if [ -n "$USED" ]; then ok "检查点：$NAME""，共 $SIZE 条，根 $ROOT"; else
  bad "检查点没有此公钥（或者由它换来的公钥）的有效签名"
  OWN=$(cat proofs/log.vkey)
  if [ -z "$(way_of "$OWN")" ] && signed_by "$OWN" "$TMP/body" "$TMP/lines"; then
    echo "         卷包是用另一把公钥签名的：$OWN（指纹 $(unhex <"$TMP/key" | sha)）"
    echo "         机关此后换过公钥的（机关公布历次公钥和起止时间），请改用制包时的那一把再核验一次；不要从卷包里抄，都对不上的，不能相信这个卷包"
  fi
fi
[ -z "$USED" ] || [ "$(cat proofs/log.vkey)" = "$(echo "$USED" | cut -d' ' -f1)" ] || bad "包内公钥与签名的公钥不一致"
OPEN=
echo "$USED" | tr ' ' '\n' >"$TMP/used"
while read -r GONE AGO SINCE; do
  grep -qxF -e "$GONE" "$TMP/used" || continue
  if [ "$GONE" = "$(sed -n 1p "$TMP/used")" ] && [ "$SIZE" -gt "$AGO" ]
  then bad "签名的公钥自 $SINCE 起吊销，当时日志只有 $AGO 条，这份检查点是此后签的"
  else OPEN="公钥 $GONE 自 $SINCE 起吊销，不能只凭它相信"; echo "[未核验] $OPEN"; fi
done <"$TMP/back"

echo "三、事件：存证条目、存在证明（RFC 9162 第 2.1.3.2 节）、前后相扣、内容承诺"
SHREDDED=0; WITHHELD=0
absent() { # 事件 部分 条目中的键：同一事件流里有依法销毁的登记，或者没有披露
  [ -n "$(member "$1.entry" c "$3")" ] || return 0
  for BY in "$STREAM"/*.entry; do
    grep -q '"t":"ContentShredded"' "$BY" || continue
    SAID=$(echo "$BY" | sed 's/entry$/public.json/')
    if grep -oF "{\"leaf\":\"$PREV\",\"n\":$N,\"parts\":[" "$SAID" >/dev/null 2>&1 &&
      sed "s|.*{\"leaf\":\"$PREV\",\"n\":$N,\"parts\":\[\([^]]*\)\].*|\1|" "$SAID" | grep -q "\"$2\""
    then SHREDDED=$((SHREDDED + 1)); return 0; fi
  done
  WITHHELD=$((WITHHELD + 1))
}
part() { # 事件 部分 条目中的键
  if [ ! -f "$1.$2.json" ]; then absent "$1" "$2" "$3"; else commits "$1" "$2" "$3"; fi
}
COUNT=0
for STREAM in proofs/streams/*; do
  PREV=null
  N=0
  for ENTRY in "$STREAM"/*.entry; do
    BASE=$(echo "$ENTRY" | sed 's/\.entry$//')
    N=$((N + 1)); COUNT=$((COUNT + 1))
    [ "$(basename "$BASE" | sed 's/^0*//')" = "$N" ] || bad "$STREAM 缺第 $N 条"
    HASH=$( (env printf '\x00'; cat "$ENTRY") | sha)
    included "$HASH" "$BASE.tlog-proof" || bad "$ENTRY 不在检查点所确认的日志里"
    sed '1,/^$/d' "$BASE.tlog-proof" | cmp -s - proofs/checkpoint || bad "$BASE.tlog-proof 附的检查点不同"
    [ "$(sed -n 's/.*"p":\(null\|"[^"]*"\).*/\1/p' "$ENTRY" | tr -d '"')" = "$PREV" ] || bad "$ENTRY 与前一条不相扣"
    PREV=$(echo "$HASH" | unhex | base64)
    part "$BASE" public pub
    part "$BASE" internal int
    part "$BASE" personal pii
  done
done
[ $COUNT -gt 0 ] || bad "没有任何事件"
[ $BAD -ne 0 ] || ok "共 $COUNT 条事件；登记为依法销毁的部分 $SHREDDED 个，没有随包披露的部分 $WITHHELD 个"

begins() { # 旧条数 旧根 证明文件：旧的是不是本检查点的前一段
  FIRST=$1; OLDROOT=$2
  set -- $(cat "$3" 2>/dev/null)
  [ "$FIRST" -gt 0 ] && [ "$FIRST" -le "$SIZE" ] || return 1
  if [ "$FIRST" -eq "$SIZE" ]; then [ $# -eq 0 ] && [ "$OLDROOT" = "$ROOT" ]; return; fi
  FN=$((FIRST - 1)); SN=$((SIZE - 1))
  while [ $((FN % 2)) -eq 1 ]; do FN=$((FN / 2)); SN=$((SN / 2)); done
  FR=$OLDROOT
  if [ "$FN" -ne 0 ]; then
    [ $# -gt 0 ] || return 1
    FR=$(echo "$1" | base64 -d 2>/dev/null | tohex); shift
  fi
  SR=$FR
  for P in "$@"; do
    P=$(echo "$P" | base64 -d 2>/dev/null | tohex)
    [ "$SN" -ne 0 ] || return 1
    if [ $((FN % 2)) -eq 1 ] || [ "$FN" -eq "$SN" ]; then
      FR=$(node "$P" "$FR"); SR=$(node "$P" "$SR")
      while [ $((FN % 2)) -eq 0 ] && [ "$FN" -ne 0 ]; do FN=$((FN / 2)); SN=$((SN / 2)); done
    else
      SR=$(node "$SR" "$P")
    fi
    FN=$((FN / 2)); SN=$((SN / 2))
  done
  [ "$SN" -eq 0 ] && [ "$FR" = "$OLDROOT" ] && [ "$SR" = "$ROOT" ]
}
echo "四、以前发出的检查点是不是本日志的前一段（RFC 9162 第 2.1.4.2 节）；请与手中文书的二维码比对"
: >"$TMP/printed"
STATED=
for SAID in proofs/streams/*/*.public.json; do
  [ -f "$SAID" ] || continue
  if grep -q '"t":"PackageExported"' "$(echo "$SAID" | sed 's/public\.json$/entry/')" && grep -q '"issuedCheckpoints":"enclosed"' "$SAID"
  then STATED=1; fi
  grep -q '"blob":{' "$SAID" || continue
  sed -n 's/.*"checkpoint":"\([^"]*\)".*/\1/p' "$SAID" | awk '{ gsub(/\\n/, "\n"); print }' >"$TMP/note"
  sed -n 2p "$TMP/note" | grep -qE '^(0|[1-9][0-9]{0,15})$' || continue
  echo "$(sed -n 1,3p "$TMP/note" | tr '\n' ' ')$SAID" >>"$TMP/printed"
done
awk '{ K = $1 " " $2; if (K in R && R[K] != $3) print K; R[K] = $3 }' "$TMP/printed" | sort -u >"$TMP/forks"
while read -r LOG N; do
  bad "日志 $LOG 的前 $N 条在不同的文书上有不同的根：日志分过叉，这些文书就是证据"
done <"$TMP/forks"
while read -r LOG N R SAID; do
  if [ "$LOG" != "$NAME" ]; then echo "[未核验] $SAID 印的检查点（前 $N 条，根 $R）是日志 $LOG 的"
  elif [ -f "proofs/issued/$N.checkpoint" ] || grep -qxF -e "$LOG $N" "$TMP/forks"; then continue
  elif [ "$N" -eq "$SIZE" ] && [ "$(echo "$R" | base64 -d 2>/dev/null | tohex)" = "$ROOT" ]; then ok "前 $N 条，根 $R"
  elif [ "$N" -ge "$SIZE" ]; then bad "$SAID 印的检查点（前 $N 条，根 $R）与本日志不相容"
  elif [ -n "$STATED" ]; then bad "导出登记写明附有以前发出的检查点，卷包却没有 $SAID 印的（前 $N 条）"
  else echo "[未核验] $SAID 印的检查点（前 $N 条，根 $R）没有附证明"; fi
done <"$TMP/printed"
for OLD in proofs/issued/*.checkpoint; do
  [ -f "$OLD" ] || continue
  N=$(basename "$OLD" .checkpoint)
  R=$(sed -n 3p "$OLD")
  ! grep -qxF -e "$NAME $N" "$TMP/forks" || continue
  if [ "$(sed -n 1p "$OLD")" = "$NAME" ] && [ "$(sed -n 2p "$OLD")" = "$N" ] && [ "$(wc -l <"$OLD")" -eq 3 ] \
    && awk -v l="$NAME" -v n="$N" -v r="$R" '$1 == l && $2 == n && $3 != r { D = 1 } END { exit D }' "$TMP/printed" \
    && begins "$N" "$(echo "$R" | base64 -d 2>/dev/null | tohex)" "proofs/issued/$N.consistency"
  then ok "前 $N 条，根 $R"; else bad "$OLD 不是本日志的前一段，或者证明不成立，或者与文书上印的不同"; fi
done

echo "五、归档用的元数据和封装包（EEP）：与导出登记列出的比对"
OWN=proofs/streams/$(sed -n 's/.*"streamId":"\([^"]*\)".*/\1/p' proofs/export.json)
LAST=$(ls "$OWN" 2>/dev/null | sed -n 's/\.entry$//p' | sort -n | tail -n 1)
OWN=$OWN/$LAST
grep -E '^metadata/(eep|da-t-46|da-t-54|da-t-63)/' "$TMP/all" >"$TMP/here"
if ! grep -q "\"version\":$(echo "$LAST" | sed 's/^0*//')[,}]" proofs/export.json || ! grep -q '"t":"PackageExported"' "$OWN.entry" 2>/dev/null; then
  bad "proofs/export.json 所指的不是案件末条的导出登记"
elif grep -q '"enclosures":"listed"' "$OWN.public.json" 2>/dev/null; then
  if grep -q '"enclosed":\[' "$OWN.internal.json" 2>/dev/null; then
    sed 's/.*"enclosed":\[//' "$OWN.internal.json" | grep -oE '\{"path":"[^"]*"(,"sha256":"[0-9a-f]{64}")?\}' |
      sed -e 's/^{"path":"\([^"]*\)"}$/- \1/' -e 's/^{"path":"\([^"]*\)","sha256":"\(.*\)"}$/\2 \1/' >"$TMP/enclosed"
    BEFORE=$BAD; BAD=0
    while read -r DIGEST FILE; do
      if [ ! -f "$FILE" ]; then bad "$FILE 导出登记列有此件，卷包里没有"
      elif [ "$DIGEST" != - ] && [ "$(sha <"$FILE")" != "$DIGEST" ]; then bad "$FILE 与导出登记记载的摘要不一致"; fi
    done <"$TMP/enclosed"
    sed 's/^[^ ]* //' "$TMP/enclosed" | sort >"$TMP/names"
    comm -13 "$TMP/names" "$TMP/here" >"$TMP/more"
    while read -r FILE; do bad "$FILE 导出登记没有列出此件"; done <"$TMP/more"
    [ $BAD -ne 0 ] || ok "共 $(wc -l <"$TMP/enclosed") 件"
    [ "$BEFORE" -eq 0 ] || BAD=1
  else bad "导出登记写明列有元数据和封装包，列出它们的部分没有随包披露"; fi
elif [ -s "$TMP/here" ] || ! grep -q '"audience":"party"' "$OWN.public.json" 2>/dev/null; then
  echo "[未核验] 导出登记没有列出应有的元数据和封装包，少了几件不能发现"
fi

if [ $BAD = 0 ] && [ -n "$OPEN" ]; then
  echo "结论：没有得出（$OPEN；外部见证和时间戳没有核验，请用完整核验程序，或者向机关取得由现用公钥签名的卷包）"
  exit 2
fi
if [ $BAD = 0 ]; then echo "结论：成立（外部见证没有核验；见证和导出是否完整请用完整核验程序）"; else echo "结论：不成立"; fi
exit $BAD
