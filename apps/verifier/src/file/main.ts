import '../old-browsers.ts'
import { parsePolicy } from '@liuhen/ledger/package/policy'
import { policyOf } from '@liuhen/ledger/package/policy-of'
import { verifyFile } from '@liuhen/ledger/package/verify-file'
import { find } from '../element.ts'
import { hasCurves } from '../public-key.ts'
import { askAbout, askConsistency, digestOf } from './ask.ts'
import { fileReportView, packageView, type Subject } from './view.ts'
import { WORDS } from './words.ts'

/** The public page: the file is hashed here, and what the site says of it is checked here. Only the digest is sent. */
const page = {
  drop: find('drop', HTMLElement),
  file: find('file', HTMLInputElement),
  progress: find('progress', HTMLProgressElement),
  state: find('state', HTMLElement),
  form: find('form', HTMLFormElement),
  sha256: find('sha256', HTMLInputElement),
  more: find('more', HTMLElement),
  square: find('square', HTMLTextAreaElement),
  policy: find('policy', HTMLTextAreaElement),
  report: find('report', HTMLElement),
  label: find('label', HTMLElement),
}

/** The file whose digest stands in the field. */
let read: Subject = {}
/** What was chosen last is a whole package, which another page reads. */
let isPackage = false
/** Grows with each start: what began earlier shows nothing any more. */
let run = 0

const say = (text: string): void => {
  page.state.textContent = text
}

const clear = (): number => {
  page.report.textContent = ''
  return ++run
}

/** A square as phones and mail programs hand it on: other line ends, blanks around. */
const pasted = (text: string): string => {
  const lines = text.replace(/\r\n?/g, '\n').trim()
  return lines === '' ? '' : `${lines}\n`
}

/** The result stands first; what the page tells besides is closed, so that a phone shows little but the result. */
const show = (...view: readonly HTMLElement[]): void => {
  page.report.append(...view)
  for (const panel of document.querySelectorAll('details.proof')) panel.removeAttribute('open')
  page.report.focus()
  page.report.scrollIntoView()
}

const verify = async (subject: Subject, mine: number): Promise<void> => {
  const policy = policyOf(page.policy.value)
  const square = pasted(page.square.value)
  say(WORDS.asking)
  const report = await verifyFile({
    ...(subject.sha256 !== undefined && { sha256: subject.sha256 }),
    answer: await askAbout(subject.sha256),
    ...(policy !== '' && { policy }),
    ...(square !== '' && { square }),
    consistency: askConsistency,
    ...(!hasCurves() && { unread: WORDS.noCurves }),
  })
  if (mine !== run) return
  show(...fileReportView(subject, report))
  say(WORDS.done)
}

const whyNot = (sha256: string): string | undefined => {
  const policy = policyOf(page.policy.value)
  const parsed = policy === '' ? undefined : parsePolicy(policy)
  if (parsed?.ok === false) return WORDS.badPolicy(parsed.why)
  if (sha256 === '') return pasted(page.square.value) === '' ? WORDS.nothing : undefined
  return /^[0-9a-f]{64}$/.test(sha256) ? undefined : WORDS.badDigest
}

const start = (): void => {
  const mine = clear()
  const sha256 = page.sha256.value.replace(/\s/g, '').toLowerCase()
  const why = whyNot(sha256)
  if (why !== undefined && isPackage && sha256 === '') return show(packageView())
  if (why !== undefined) return say(why)
  const subject = sha256 === read.sha256 ? read : sha256 === '' ? {} : { sha256 }
  void verify(subject, mine).catch(() => {
    if (mine === run) say(WORDS.openSays('no-record'))
  })
}

const take = async (file: File): Promise<void> => {
  const mine = clear()
  page.sha256.value = ''
  isPackage = /\.tar$/i.test(file.name)
  if (isPackage) {
    say('')
    show(packageView())
    return
  }
  page.progress.hidden = false
  page.progress.value = 0
  say(WORDS.hashing(file.name))
  try {
    const sha256 = await digestOf(file, (share) => {
      if (mine === run) page.progress.value = share
      return mine === run
    })
    if (sha256 === undefined) return
    read = { name: file.name, sha256 }
    page.sha256.value = sha256
    start()
  } catch {
    if (mine === run) say(WORDS.unreadable)
  }
  page.progress.hidden = true
}

// A label's square names the row of a list after the hash, a paper's the document; neither reaches the server.
const cameFromSquare = (): void => {
  const [, , no] = /^#([0-9a-f-]{36})(?:\/(\d{1,3}))?$/.exec(location.hash) ?? []
  page.label.hidden = false
  page.label.textContent = no === undefined ? WORDS.squareOpened : WORDS.label(no)
  if (no === undefined) page.more.setAttribute('open', '')
}

page.drop.hidden = false
page.more.hidden = false
if (/^#[0-9a-f-]{36}(\/\d{1,3})?$/.test(location.hash)) cameFromSquare()
page.file.addEventListener('change', () => {
  const file = page.file.files?.[0]
  if (file) void take(file)
})
for (const type of ['dragover', 'dragleave', 'drop'] as const) {
  page.drop.addEventListener(type, (event) => {
    event.preventDefault()
    page.drop.classList.toggle('over', type === 'dragover')
    const file = type === 'drop' ? event.dataTransfer?.files[0] : undefined
    if (file) void take(file)
  })
}
page.form.addEventListener('submit', (event) => {
  event.preventDefault()
  start()
})
if (page.sha256.value !== '') start()
