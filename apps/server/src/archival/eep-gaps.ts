/** Elements that DA/T 48-2009 wants in every original package, with a value; 脱机载体编号 and 权限管理 may be empty. */
const WANTED = [
  '封装包格式描述 版本 封装包类型 封装包类型描述 封装包创建时间 封装包创建单位 聚合层次 立档单位名称 电子文件号',
  '年度 保管期限 室编件号 题名 责任者 日期 密级 文件组合类型 文档标识符 计算机文件名 计算机文件大小 编码描述',
  '反编码关键字 业务标识符 机构人员标识符 文件标识符 业务状态 业务行为 行为时间 机构人员名称',
].flatMap((names) => names.split(' '))
const BLOCKS = ['文件实体块', '业务实体块', '机构人员实体块', '存储位置', '权限管理', '脱机载体编号']

/** What of the standard's own obligations a package that was made does not meet, looked for in its text. */
export const eepGaps = (text: string): readonly string[] => [
  ...WANTED.filter((name) => !new RegExp(`<${name}>[^<]+</${name}>`).test(text)),
  ...BLOCKS.filter((name) => !new RegExp(`<${name}(?:>|/>)`).test(text)),
]
