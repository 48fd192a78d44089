/** verify/README.zh.md of every package. */
export const README_TEXT = `# 如何核验本卷包

本卷包是一件行政执法案件的全部记录和证明。核验不需要联网，也不需要信任制作卷包的系统。

## 一、只用系统自带工具

在装有 coreutils 和 openssl 的任何 Linux 上：

    sh verify/verify.sh . '机关公布的公钥'

公钥（vkey）应当从机关门户网站、公告或者文书上取得。不写公钥时使用 proofs/log.vkey，只能证明前后一致，不能证明出处。
只看文件有没有改动，可以直接运行 sha256sum -c manifest-sha256.txt 和 sha256sum -c tagmanifest-sha256.txt。

## 二、在浏览器里核验

卷包附有 verify/verify.html 的，用浏览器打开它（2018 年以后的浏览器都可以，不联网，不上传），选择本卷包的 .tar 文件或者目录，粘贴机关公布的公钥。
打开之前，请把 verify/verify.html 的 SHA-256 与机关公布的比对，或者从机关门户网站“核验”页另取一份。

## 三、完整核验

    liuhen verify 卷包.tar --policy 信任策略.txt

卷包解开成目录的，也可以核验目录：liuhen verify 目录。收到后自己重新打包的 tar 读不懂，请解开后核验目录。

信任策略是一个文本文件，写明信任谁的公钥，例如一行：log 机关公布的公钥。
有可信时间戳的，再写：tsa 时间戳签发机构的证书指纹。
有外部见证的，再写见证方自己公布的公钥，例如：witness 司法局 见证方公布的公钥，以及：quorum 司法局。
盖有电子印章的文书，可以再写：seal 机关公布的印章证书指纹（或者签发机构证书的指纹），每张一行。
单独一份文书：liuhen verify 文书.pdf。常用的 PDF 阅读软件也能显示其中的签名（SM2 除外）。

## 四、卷包里有什么

- data/documents 文书；data/media 音像（同名的 .sheet.html 是音像说明，.vtt 是字幕，.chain.txt 是手机录制时签名的切片链）；data/case.json 案件摘要
- manifest-sha256.txt、tagmanifest-sha256.txt 全部文件的 SHA-256 清单（BagIt 1.0，RFC 8493）
- proofs/checkpoint 存证日志的检查点：日志名称、条数、根、签名（C2SP tlog-checkpoint）
- proofs/streams/事件流/序号.entry 存证条目；同名 .tlog-proof 是它的存在证明（RFC 9162）
- 同名 .public.json、.internal.json、.personal.json 是披露的内容，.salt 是 32 字节的盐。
  条目里的承诺 = SHA-256("liuhen.part.v1" 换行 + 盐 + 内容)，另有 SM3 一份
  依法销毁的部分内容和盐都没有了，由同一事件流里类型为 ContentShredded 的一条逐件写明（事件序号、条目摘要、哪几部分）
- proofs/export.json 指明导出登记是哪一条事件：它记载各事件流截至导出时的末条，末尾有删减即可发现
- proofs/tsa/条数.tsr 检查点的可信时间戳（RFC 3161）；同名 .checkpoint 是被盖的检查点，.consistency 证明它是本日志的前一段。
  用 openssl 核验：sed '/^$/,$d' 条数.checkpoint > 正文；openssl ts -verify -data 正文 -in 条数.tsr -CAfile 签发机构证书.pem
- proofs/issued/条数.checkpoint 以前印在文书二维码里、附在卷包里交出去的检查点（只有正文），同名 .consistency 证明它是本日志的前一段（RFC 9162）：
  手里有当时的文书或者卷包的，比对条数和根。导出登记写明附有的，缺一份即为不成立；印着另一日志名称的，不能比对
- metadata 归档元数据：da-t-46 文书、da-t-63 录音录像、da-t-54 照片，逐件一份，名称与原件相同；eep 文书的封装包（DA/T 48）；
  da-t-70.json 四性检测，premis.xml 文件和事件。给当事人的卷包没有逐件的元数据和封装包
- proofs/media 音像的分块清单：每 4 MiB 一个 SHA-256，可以逐段核对

## 五、结论怎么读

- PASS：没有任何一项不成立；FAIL：至少一项不成立，报告写明是哪个文件；NOT CHECKED：没有核验，不等于通过。
- UNANCHORED：没有核验到外部见证，掌握日志私钥的人在理论上可以重写全部历史。
- TIMESTAMPED：没有核验到外部见证，但是信任策略写明的时间戳签发者（tsa 指纹）证明，包内全部事件在所示时间已经在日志里。
- WITNESSED（k/n）：信任策略列出 n 个见证方，其中 k 个确认过同一份日志。见证方的公钥要从见证方取得，不能从机关取得。
- 本卷包证明记录自入账之后没有改动、没有删减，不证明所记内容本身符合事实。
`
