/** Goes with every proof, for whoever opens it without us. Nothing binds what it says. */
export const README_TEXT = `片段证明

data/media/clip.mp4 是从一段执法音像（原件）里按原编码截取的片段，是副本，不是原件。
本文件夹用来核对：片段里的每一帧画面、每一段声音，都与原件中的相应字节完全相同，次序不变；原件的校验值在入库时已经登记在存证日志里。

怎样核对
  liuhen verify-clip <本文件夹或者 tar 文件> --policy <机关公布的公钥文件>
  不用本系统的程序：python3 check-clip.py <本文件夹> [机关公布的公钥]（源码中的 vectors/check-clip.py，只用到 openssl）

里面有什么
  clip-proof.json        每个样本在原件中的位置和长度，所在的块（每块 4 MiB）和它们在分块树中的路径
  data/media/original/   原件中含有这些样本的块。块比片段长，其中有片段之前、之后的画面和声音；
                         不宜给出的，可以向机关要不附块的证明，那样只有持有原件的人能逐个样本核对
  proofs/                原件入库、片段制作两件事的存证条目，及其在日志中的位置

证明什么，不证明什么
  证明片段来自那个原件、没有改动一个样本、中间没有略去；
  不证明原件入库之前没有改动，不证明片段之前、之后发生了什么，不证明片段文件自己写的播放速度。
`
