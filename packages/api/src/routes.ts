import * as approvals from './routes/approvals.ts'
import * as caseFile from './routes/case-file.ts'
import * as cases from './routes/cases.ts'
import * as derivatives from './routes/derivatives.ts'
import * as devices from './routes/devices.ts'
import * as disposals from './routes/disposals.ts'
import * as dockings from './routes/dockings.ts'
import * as documents from './routes/documents.ts'
import * as duties from './routes/duties.ts'
import * as field from './routes/field.ts'
import * as law from './routes/law.ts'
import * as library from './routes/library.ts'
import * as log from './routes/log.ts'
import * as numbers from './routes/numbers.ts'
import * as paperCopies from './routes/paper-copies.ts'
import * as people from './routes/people.ts'
import * as playback from './routes/playback.ts'
import * as recordings from './routes/recordings.ts'
import * as registers from './routes/registers.ts'
import * as service from './routes/service.ts'
import * as session from './routes/session.ts'
import * as settings from './routes/settings.ts'
import * as setup from './routes/setup.ts'
import * as standIns from './routes/stand-ins.ts'
import * as stores from './routes/stores.ts'
import * as untagged from './routes/untagged.ts'
import type { Route } from './route.ts'

/** Every route of the system, by its file. The server must bind each; OpenAPI prints each. */
const files: readonly Readonly<Record<string, unknown>>[] = [
  session,
  setup,
  settings,
  people,
  standIns,
  cases,
  registers,
  duties,
  documents,
  paperCopies,
  service,
  approvals,
  numbers,
  recordings,
  untagged,
  library,
  playback,
  derivatives,
  disposals,
  dockings,
  field,
  devices,
  caseFile,
  law,
  log,
  stores,
]

const isRoute = (x: unknown): x is Route =>
  typeof x === 'object' && x !== null && 'path' in x && 'refusals' in x

export const allRoutes: readonly Route[] = files.flatMap((file) => Object.values(file).filter(isRoute))
