import { type Office, openOffices } from '../apps/cli/src/demo/office.ts'
import { readConfig } from '../apps/server/src/config/config.ts'
import { startInProcess } from '../apps/server/src/processes/start-in-process.ts'
import { createTestInstallation, type TestInstallation } from './test-installation.ts'

export type Offices<Codes extends readonly string[]> = Readonly<{
  /** In the order of the codes. */
  offices: { readonly [I in keyof Codes]: Office }
  connectAs: TestInstallation['connectAs']
  close(): Promise<void>
}>

/** A running installation, API and jobs included, with these demonstration agencies and their people signed in. */
export const createOffices = async <const Codes extends readonly string[]>(
  begins: string,
  codes: Codes,
): Promise<Offices<Codes>> => {
  const database = await createTestInstallation()
  const config = readConfig({ LIUHEN_DATA: database.dataDir, LIUHEN_PORT: '0', LIUHEN_LOG: 'silent' })
  const running = await startInProcess({ config, urls: database.urls, demonstrationAt: begins })
  return {
    offices: (await openOffices(running.url, codes, begins)) as Offices<Codes>['offices'],
    connectAs: database.connectAs,
    close: async () => {
      await running.stop()
      await database.close()
    },
  }
}
