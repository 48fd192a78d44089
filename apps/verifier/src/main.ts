import './old-browsers.ts'
import { parsePolicy } from '@liuhen/ledger/package/policy'
import { policyOf } from '@liuhen/ledger/package/policy-of'
import { FOREIGN_TAR } from '@liuhen/ledger/package/tar'
import { isForeignTar } from '@liuhen/ledger/package/foreign-tar'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { chosenFolder, chosenTar, type Chosen } from './chosen-files.ts'
import { find } from './element.ts'
import { hasCurves } from './public-key.ts'
import { reportView } from './report-view.ts'
import { WORDS } from './words.ts'

/** The page: pick a package, say whose key is trusted, read the report. It asks no server and sends nothing. */
const page = {
  tar: find('tar', HTMLInputElement),
  folder: find('folder', HTMLInputElement),
  chosen: find('chosen', HTMLElement),
  policy: find('policy', HTMLTextAreaElement),
  start: find('start', HTMLButtonElement),
  progress: find('progress', HTMLProgressElement),
  state: find('state', HTMLElement),
  report: find('report', HTMLElement),
}

let chosen: Chosen | undefined

const choose = (next: Chosen | undefined): void => {
  if (next === undefined) return
  chosen = next
  page.chosen.textContent = `${next.name}（${(next.sizeBytes / 1_000_000).toFixed(1)} MB）`
  page.report.textContent = ''
  page.state.textContent = ''
}

const filesOf = (list: FileList | null | undefined): readonly File[] => [...(list ?? [])]

const firstTar = (files: readonly File[]): Chosen | undefined => files[0] && chosenTar(files[0])

page.tar.addEventListener('change', () => choose(firstTar(filesOf(page.tar.files))))
page.folder.addEventListener('change', () => {
  const files = filesOf(page.folder.files)
  if (files.length > 0) choose(chosenFolder(files))
})
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  choose(firstTar(filesOf(event.dataTransfer?.files)))
})

const verify = async (what: Chosen, policy: string): Promise<void> => {
  const began = Date.now()
  let done = 0
  const onBytes = (read: number): void => {
    done += read
    const share = what.sizeBytes === 0 ? 1 : Math.min(1, done / what.sizeBytes)
    page.progress.value = share
    page.state.textContent = WORDS.running(Math.floor(share * 100))
  }
  const report = await verifyPackage(what.reader, {
    onBytes,
    ...(policy !== '' && { policy }),
    ...(!hasCurves() && { sealsUnread: WORDS.noCurves }),
  })
  if (isForeignTar(report)) {
    page.state.textContent = `没有核验：${FOREIGN_TAR}。`
    return
  }
  page.report.append(...reportView(what.name, report))
  page.state.textContent = WORDS.done(((Date.now() - began) / 1000).toFixed(1))
  page.report.scrollIntoView()
  page.report.focus()
}

const whyNot = (policy: string): string | undefined => {
  if (chosen === undefined) return WORDS.nothing
  const parsed = policy === '' ? undefined : parsePolicy(policy)
  return parsed?.ok === false ? WORDS.badPolicy(parsed.why) : undefined
}

page.start.addEventListener('click', () => {
  const policy = policyOf(page.policy.value)
  const why = whyNot(policy)
  page.report.textContent = ''
  page.state.textContent = why ?? ''
  if (why !== undefined || chosen === undefined) return
  page.start.disabled = true
  page.progress.hidden = false
  void verify(chosen, policy)
    .catch(() => {
      page.state.textContent = WORDS.broken
    })
    .then(() => {
      page.start.disabled = false
      page.progress.hidden = true
    })
})
