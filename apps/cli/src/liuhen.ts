#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { cacheFolderOf } from '../../server/src/config/cache-folder.ts'
import type { CheckLogFlags } from './check-log.ts'
import type { DockFlags } from './dock/dock.ts'
import { EXIT } from './exit.ts'
import type { WitnessFlags } from './witness.ts'

/** Each command loads its own code, so that `verify` never loads a server. */
const program = new Command('liuhen')
  .description('留痕：行政执法全过程记录系统')
  .option('--json', '以一行 JSON 输出结果')
  .showHelpAfterError()
  .exitOverride((e) => process.exit(e.exitCode === 0 ? EXIT.ok : EXIT.usage))

const json = (): boolean => program.opts<{ json?: boolean }>().json === true

const keepCompiled = (): void => {
  enableCompileCache(join(cacheFolderOf(process.env['LIUHEN_DATA'] ?? './data'), 'code'))
}

const finish = (code: number): void => {
  process.exitCode = code
}

program
  .command('serve')
  .description('启动系统；数据目录为 LIUHEN_DATA（默认 ./data）')
  .action(async () => {
    keepCompiled()
    await (await import('./serve.ts')).serve()
  })

program
  .command('demo')
  .description('演示：九个机关、一件完整的案件')
  .option('--once', '在临时目录里走完一遍，核验后退出')
  .action(async (o: { once?: boolean }) => {
    keepCompiled()
    finish(await (await import('./demo/run-demo.ts')).runDemo({ once: o.once === true }))
  })

program
  .command('import')
  .description('把音像文件传入案件')
  .argument('<files...>', '音像文件')
  .requiredOption('--case <id>', '案件编号（案件页面地址中的编号）')
  .requiredOption('--step <step>', '环节，如 inspection')
  .requiredOption('--scene <scene>', '录制情形，如 general-enforcement')
  .requiredOption('--officer <id>', '记录人（人员编号）')
  .option('--device <number>', '设备编号', '未登记')
  .option('--surveillance', '录像来自固定安装的视频监控', false)
  .option('--explosion-proof', '设备为防爆型', false)
  .option('--url <url>', '系统地址', 'http://127.0.0.1:8080')
  .requiredOption('--login <login>', '登录名；口令从环境变量 LIUHEN_PASSWORD 读取')
  .action(async (files: string[], o: ImportFlags) =>
    finish(await (await import('./import.ts')).importFiles(files, o, json())),
  )

program
  .command('dock')
  .description('采集站：登记并上传执法记录仪、存储卡中的全部文件，可在两处存储核对一致后清空设备')
  .argument('<folder>', '设备或者存储卡的目录；与 --watch 同用时，其中每个子目录是一台设备')
  .requiredOption('--login <login>', '登录名；口令从环境变量 LIUHEN_PASSWORD 读取')
  .option('--station <name>', '采集站名称', hostname())
  .option('--profile <id>', '设备的文件命名规则', 'officer-serial-time')
  .option('--profiles <folder>', '本机关自己的命名规则目录')
  .option('--device <number>', '设备编号，文件名中没有时填写')
  .option('--display <yyyyMMddHHmmss>', '设备现在显示的时间，用于计算时钟误差')
  .option('--parallel <n>', '同时上传几个文件', '4')
  .option('--limit <MiB/s>', '上传速度的上限')
  .option('--watch', '守候：接入一台，采集一台，直到按 Ctrl+C')
  .option('--clear', '两处存储都核对一致后，按清空凭证删除设备中的文件')
  .option('--url <url>', '系统地址', 'http://127.0.0.1:8080')
  .action(async (folder: string, o: DockFlags) =>
    finish(await (await import('./dock/dock.ts')).dockCommand(folder, o, json())),
  )

type ImportFlags = Readonly<{
  case: string
  step: string
  scene: string
  officer: string
  device: string
  surveillance: boolean
  explosionProof: boolean
  url: string
  login: string
}>

program
  .command('verify')
  .description('核验案卷包（.tar 或者解开的目录），或者单独一份盖章的文书（.pdf）；不联网、不用数据库')
  .argument('<package>', '案卷包，或者文书')
  .option(
    '--policy <file>',
    '可信公钥和见证人（C2SP tlog-policy），以及可信的印章证书（seal 指纹）、时间戳签发机构（tsa 指纹）、国密公钥（sm2 公钥）、已吊销的公钥（revoked 公钥 条数 时间）',
  )
  .option('--sm3', '同时核对整段音像的 SM3')
  .option('--verbose', '逐项列出，并说明各项证明什么')
  .action(async (path: string, o: { policy?: string; sm3?: boolean; verbose?: boolean }) => {
    const { verifyCommand } = await import('./verify.ts')
    const { startProgress } = await import('./progress.ts')
    const bar = startProgress(process.stderr, json())
    const output = {
      out: (line: string) => console.log(line),
      err: (line: string) => console.error(line),
      progress: (done: number, total: number) => bar.bar('核验', done, total),
    }
    finish(await verifyCommand(path, { ...o, json: json() }, output))
    bar.end()
  })

program
  .command('check-log')
  .description('由条目重建公布的日志（/log 下全部文件的副本），逐个比对瓦片和签名；不联网、不用数据库')
  .argument('<folder>', '含 checkpoint 和 tile/ 的目录')
  .argument('<vkey>', '机关公布的日志公钥')
  .option('--receipt <file>', '同时核对一份入账回执有没有兑现')
  .option('--sm2 <vkey>', '机关公布的国密公钥：检查点必须有它的签名')
  .option('--since <file>', '自己留存的检查点，或者文书二维码里的文字：日志必须由它延续而来')
  .option('--stamp <file>', '盖在这份检查点上的时间戳（RFC 3161）：同时找出倒填日期的条目')
  .action(async (folder: string, vkey: string, o: CheckLogFlags) => {
    const { checkLogCommand } = await import('./check-log.ts')
    const output = { out: (line: string) => console.log(line), err: (line: string) => console.error(line) }
    finish(await checkLogCommand(folder, vkey, output, o))
  })

program
  .command('witness')
  .description('见证方（C2SP tlog-witness）：由另一个机构运行，确认机关的日志只增不改')
  .requiredOption('--data <folder>', '见证方的密钥和记录；不要备份恢复，丢了就换新的')
  .requiredOption('--name <name>', '见证方的名称，如 witness.sfj.example.gov.cn/1')
  .requiredOption('--logs <file>', '见证哪些日志：每行 log <机关公布的公钥>')
  .option('--host <address>', '监听地址', '127.0.0.1')
  .option('--port <n>', '端口', '8090')
  .action(async (o: WitnessFlags) => finish(await (await import('./witness.ts')).witnessCommand(o)))

program
  .command('compare-checkpoints')
  .description('比较同一日志的两份检查点（如机关给的和见证方留的）；退出码：0 一致，1 分叉，3 不能判定')
  .argument('<a>', '检查点文件')
  .argument('<b>', '检查点文件')
  .argument('<vkey>', '机关公布的日志公钥')
  .action(async (a: string, b: string, vkey: string) =>
    finish(await (await import('./compare-checkpoints.ts')).compareCommand(a, b, vkey)),
  )

program
  .command('verify-clip')
  .description(
    '核验片段证明（.tar 或者解开的目录）：片段是不是那个原件的一部分；不联网、不用数据库。退出码：0 成立，1 不成立，4 不完整',
  )
  .argument('<proof>', '片段证明')
  .option('--policy <file>', '可信公钥和见证人（C2SP tlog-policy）')
  .option('--original <file>', '原件；证明里没有附原件的块时，持有原件的人用它逐个样本比对')
  .option('--verbose', '逐项列出，并说明各项证明什么')
  .action(async (path: string, o: { policy?: string; original?: string; verbose?: boolean }) => {
    const { verifyClipCommand } = await import('./verify-clip.ts')
    const output = {
      out: (line: string) => console.log(line),
      err: (line: string) => console.error(line),
    }
    finish(await verifyClipCommand(path, { ...o, json: json() }, output))
  })

program
  .command('fsck')
  .description('自查：由事件重算每个叶、整棵树、每个文件和每张表')
  .option('--budget <seconds>', '最多用多少秒，到时从断点继续')
  .option('--from <position>', '从上次报告的断点继续')
  .action(async (o: { budget?: string; from?: string }) =>
    finish(await (await import('./fsck.ts')).fsckCommand(o.budget, json(), o.from)),
  )

program
  .command('rebuild')
  .description('由事件重建全部查询表')
  .action(async () => finish(await (await import('./fsck.ts')).rebuildCommand(json())))

program
  .command('reset-admin')
  .description('唯一的系统管理员忘记口令时，在本机给一个一次性口令')
  .argument('<login>', '系统管理员的登录名')
  .requiredOption('--reason <text>', '理由，记入该人员的记录')
  .action(async (login: string, o: { reason: string }) =>
    finish(await (await import('./reset-admin.ts')).resetAdminCommand(login, o.reason, json())),
  )

program
  .command('inventory')
  .description('盘点：记录、主存储、第二存储、备份逐一对照，不改动任何文件')
  .option('--backup <folder>', '一并对照的备份目录，默认取 LIUHEN_BACKUP')
  .action(async (o: { backup?: string }) =>
    finish(await (await import('./stores.ts')).inventoryCommand(o.backup, json())),
  )

program
  .command('scrub')
  .description('巡检：现在就读一遍两个存储的每个文件，坏的隔离并修复')
  .option('--share', '只读今天应读的部分')
  .action(async (o: { share?: boolean }) =>
    finish(await (await import('./stores.ts')).scrubCommand(o.share === true, json())),
  )

program
  .command('try-lock')
  .description('试锁：在桶里写一个很小的文件，试着删除、覆盖、解锁它，如实报告锁是否有效')
  .action(async () => finish(await (await import('./stores.ts')).tryLockCommand(json())))

program
  .command('migrate-store')
  .description('迁移第二存储：把页面上提出的迁移接着做完，逐个读回并核对；不删除任何文件')
  .action(async () => finish(await (await import('./stores.ts')).migrateStoreCommand(json())))

program
  .command('rehearse-restore')
  .description('恢复演练：只用第二存储恢复文件到临时目录，读回并与记录核对')
  .option('--sample <files>', '只恢复随机抽取的若干个文件')
  .option('--into <folder>', '恢复到这个空目录并保留；默认用临时目录，完后删除')
  .action(async (o: { sample?: string; into?: string }) =>
    finish(await (await import('./stores.ts')).rehearseCommand(o, json())),
  )

program
  .command('backup')
  .description('备份到一个空目录')
  .argument('<target>', '目标目录')
  .action(async (target: string) => finish(await (await import('./backup.ts')).backupCommand(target, json())))

program
  .command('restore')
  .description('从备份恢复到空的数据目录 LIUHEN_DATA')
  .argument('<source>', '备份目录')
  .action(async (source: string) =>
    finish(await (await import('./restore.ts')).restoreCommand(source, json())),
  )

const key = program
  .command('key')
  .description('日志的签名密钥：换钥、吊销；在运行签名器的机器上执行，系统可以正在运行')
key
  .command('status')
  .description('列出密钥及其状态；退出码 1：有一次换钥没有做完')
  .action(async () => finish(await (await import('./key.ts')).keyStatusCommand(json())))
key
  .command('create')
  .description('准备下一把密钥，以便在换钥之前公布；不写 --token 则在签名器的目录里生成')
  .option('--token <id>', '密码设备（PKCS#11）里已经生成的密钥的编号（十六进制）')
  .action(async (o: { token?: string }) =>
    finish(await (await import('./key.ts')).createKeyCommand(o, json())),
  )
key
  .command('rotate')
  .description('换钥：新旧密钥共同签名的声明入账，然后由新密钥签名；旧的按 LIUHEN_KEY_OVERLAP_DAYS 同时签名')
  .requiredOption('--reason <text>', '理由，记入日志的内部部分')
  .option('--token <id>', '换成密码设备（PKCS#11）里这个编号的密钥')
  .action(async (o: { reason: string; token?: string }) =>
    finish(await (await import('./key.ts')).rotateKeyCommand(o, json())),
  )
key
  .command('revoke')
  .description('吊销一把以前的密钥：声明由现用的密钥签名，入账并公布')
  .argument('<key>', '公钥（vkey）或者指纹')
  .requiredOption('--reason <text>', '理由，记入日志的内部部分')
  .option('--since <time>', '自何时起不再可信，如 2026-11-20T09:00:00+08:00；默认为现在')
  .action(async (named: string, o: { reason: string; since?: string }) =>
    finish(await (await import('./key.ts')).revokeKeyCommand(named, o, json())),
  )

const seal = program
  .command('seal')
  .description('电子印章：证书和私钥放在数据目录的 seals 里，只有运行本系统的用户能读')
seal
  .command('list')
  .description('列出登记的印章和签名证书，及其指纹')
  .action(async () => finish(await (await import('./seal.ts')).listSeals(json())))
seal
  .command('import')
  .description(
    '登记机关（或者执法人员）的证书和私钥（PEM）；PKCS#12 先用 openssl pkcs12 -nodes 转换。私钥有口令的，放在环境变量 LIUHEN_PASSWORD',
  )
  .requiredOption('--agency <id>', '机关编号')
  .requiredOption('--certificate <file>', '证书，其后可以接上级证书')
  .requiredOption('--key <file>', '私钥')
  .option('--officer <id>', '执法人员的人员编号；不写即是机关印章')
  .option('--picture <file>', '本机关的印章图样（svg、png、jpg），代替系统画的圆章')
  .action(async (o: SealFlags) => finish(await (await import('./seal.ts')).importSeal(o, json())))

type SealFlags = Readonly<{
  agency: string
  certificate: string
  key: string
  officer?: string
  picture?: string
}>

const law = program.command('law').description('法规数据')
law
  .command('check')
  .description('检查 law/ 下的全部文件，错误指明文件和行')
  .addOption(new Option('--dir <dir>', '法规目录'))
  .action(async (o: { dir?: string }) => finish((await import('./law.ts')).lawCheck(o.dir, json())))
law
  .command('evaluate')
  .description('对一份时间线回答：环节、义务、发现')
  .argument('<timeline>', 'JSON 或 YAML 文件')
  .addOption(new Option('--dir <dir>', '法规目录'))
  .option('--now <instant>', '以这一时刻为现在')
  .action(async (file: string, o: { dir?: string; now?: string }) =>
    finish((await import('./law.ts')).lawEvaluate(file, o, json())),
  )

law
  .command('facts')
  .description('某一程序的规则读取哪些事实，供编写时间线')
  .argument('<procedure>', '程序编号，如 penalty-ordinary')
  .addOption(new Option('--dir <dir>', '法规目录'))
  .option('--pack <pack>', '基础制度包；不填为仅国家规定')
  .option('--overlays <packs>', '叠加的制度包，以逗号分隔')
  .action(async (procedure: string, o: { dir?: string; pack?: string; overlays?: string }) =>
    finish((await import('./law.ts')).lawFacts(procedure, o, json())),
  )

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = EXIT.broken
}
