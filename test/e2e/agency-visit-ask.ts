import type { Locator, Page } from 'playwright-core'
import type { Crew } from './agency-visit-crew.ts'

let acts = 0
const read = new WeakMap<Page, number>()

/** Something has changed; pages that were read before are old. */
export const changed = (): void => {
  acts += 1
}
/** What has changed so far stands on this page. */
export const isNow = (page: Page): void => void read.set(page, acts)
export const isRead = (page: Page): boolean => read.get(page) === acts

/** What the screen says against something. */
export type Said = Readonly<{ effect: 'refuse' | 'warn'; message: string; isWhole: boolean }>

/** What somebody does when the screen says that it is missing. */
export type Deed = Readonly<{ said: RegExp; act: (v: Crew, step: string) => Promise<unknown> }>

export const reasonsIn = (scope: Locator | Page): Promise<readonly Said[]> =>
  scope.locator('.reason').evaluateAll((all) =>
    all.map((one) => ({
      effect: one.classList.contains('reason-refuse') ? ('refuse' as const) : ('warn' as const),
      message: one.querySelector('.reason-message')?.textContent ?? '',
      // A refusal names its article and says what to do.
      isWhole:
        one.querySelector('.cites') !== null && (one.querySelector('.reason-todo')?.textContent ?? '') !== '',
    })),
  )

/** What an alert says where it gives no reasons: its title and text. */
const alertIn = async (scope: Locator | Page): Promise<readonly Said[]> => {
  const alert = scope.locator('.problem')
  await alert.first().waitFor()
  const said = await reasonsIn(alert)
  return said.length > 0
    ? said
    : [{ effect: 'refuse', message: await alert.first().innerText(), isWhole: false }]
}

const press = async (page: Page, scope: Locator | Page, button: Locator): Promise<boolean> => {
  const answered = page.waitForResponse(
    (r) => r.request().method() === 'POST' && r.url().includes('/api/') && !r.url().endsWith('/preview'),
  )
  await button.click()
  const wrong = scope.locator('.ant-form-item-explain-error').first()
  const answer = await Promise.race([answered, wrong.waitFor().then(() => undefined)])
  if (answer === undefined) throw new Error(`not sent: ${await wrong.innerText()}`)
  changed()
  return answer.ok()
}

/** Presses the button that sends; says why one goes on where that is asked. Answers what is said against it. */
export const send = async (
  page: Page,
  scope: Locator | Page,
  button: Locator,
  why?: string,
): Promise<readonly Said[]> => {
  const reason = scope.getByLabel('继续办理的理由')
  if (why !== undefined && (await reason.isVisible())) await reason.fill(why)
  if (await press(page, scope, button)) return []
  const said = await alertIn(scope)
  if (why === undefined || said.some((s) => s.effect === 'refuse') || !(await reason.isVisible())) return said
  await reason.fill(why)
  return (await press(page, scope, button)) ? [] : alertIn(scope)
}

/** Sends a dialog of which nothing is expected but that it closes. */
export const sendDialog = async (page: Page, dialog: Locator, ok: string): Promise<void> => {
  const said = await send(page, dialog, dialog.getByRole('button', { name: ok, exact: true }))
  if (said.length > 0) throw new Error(`“${ok}”没有成功：${said.map((s) => s.message).join('；')}`)
  await dialog.waitFor({ state: 'detached' })
}

const ROUNDS = 6
const WHY = '已核对，情况属实，按规定继续办理'

/** Tries; does what the screen asks for and tries again; where it only warns, says why one goes on. */
export const insist = async (
  v: Crew,
  step: string,
  attempt: (why?: string) => Promise<readonly Said[]>,
): Promise<void> => {
  let why: string | undefined
  for (let round = 0; round < ROUNDS; round += 1) {
    const said = await attempt(why)
    if (said.length === 0) return
    v.bare.push(...said.filter((s) => !s.isWhole).map((s) => `${step}：${s.message}`))
    const deeds = v.deeds.filter((d) => said.some((s) => d.said.test(s.message)))
    if (deeds.length > 0) for (const deed of deeds) await deed.act(v, step)
    else if (why === undefined && said.every((s) => s.effect === 'warn')) {
      v.warned.push(...said.map((s) => `${step}：${s.message}`))
      why = WHY
    } else throw new Error(`“${step}”走不下去：${said.map((s) => s.message).join('；')}`)
  }
  throw new Error(`“${step}”试了 ${ROUNDS} 次仍然走不下去`)
}
