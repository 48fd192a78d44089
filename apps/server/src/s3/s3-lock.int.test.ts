import { canExtend, isBrokenInParts, judgeLock, type LockReading } from '@liuhen/domain/stores/lock'
import { describe, expect, test } from 'vitest'
import { makeBucket, NEEDS_S3, WITHOUT_S3 } from '../../../../test/test-bucket.ts'
import type { Bucket } from './s3-bucket.ts'
import type { Client } from './s3-client.ts'
import { tryLock } from './s3-lock.ts'

const COMPLIANCE = { mode: 'compliance', days: 1 } as const
const GOVERNANCE = { mode: 'governance', days: 1 } as const
const outcomes = (r: LockReading) => Object.fromEntries(r.trials.map((t) => [t.what, t.outcome]))

/** A store that answers some commands in its own way. */
const withClient = (
  bucket: Bucket,
  answer: (command: object, c: Client) => Promise<unknown> | undefined,
): Bucket => ({
  ...bucket,
  ask: (ask) =>
    bucket.ask(({ sdk, client }) => {
      const liar = Object.create(client) as typeof client
      liar.send = ((command: object) =>
        answer(command, { sdk, client }) ?? client.send(command as never)) as typeof client.send
      return ask({ sdk, client: liar })
    }),
})

describe.skipIf(WITHOUT_S3)(`the trial of a lock${NEEDS_S3}`, () => {
  test('finds that compliance holds against everything that the key may try', async () => {
    const bucket = await makeBucket('locked', COMPLIANCE, '/e')
    const reading = await tryLock(bucket)
    expect(reading).toMatchObject({ given: 'compliance', asked: COMPLIANCE })
    expect(reading.probe?.until).toBeDefined()
    expect(outcomes(reading)).toEqual({
      'delete-name': 'held',
      overwrite: 'held',
      shorten: 'held',
      downgrade: 'held',
      'delete-version': 'held',
      bypass: 'held',
      parts: 'held',
      resumed: 'held',
      extend: 'held',
    })
    expect(judgeLock(reading)).toBe('compliance')
  })
  test('finds that the owner of a bucket passes governance', async () => {
    const reading = await tryLock(await makeBucket('locked', GOVERNANCE))
    expect(judgeLock(reading)).toBe('governance')
    expect(outcomes(reading)).toMatchObject({
      'delete-version': 'held',
      shorten: 'held',
      bypass: 'broken',
      parts: 'held',
      resumed: 'held',
      extend: 'held',
    })
  })
  test('finds none where none is asked for, and none where the bucket has none to give', async () => {
    const reading = await tryLock(await makeBucket('locked'))
    expect(outcomes(reading)).toMatchObject({ overwrite: 'held', 'delete-version': 'broken' })
    expect(judgeLock(reading)).toBe('none')
    const refused = await tryLock(await makeBucket('versioned', COMPLIANCE))
    expect(judgeLock(refused)).not.toBe('compliance')
  })
  test('finds the lock that the bucket itself sets', async () => {
    const bucket = await makeBucket('locked')
    await bucket.ask(({ sdk, client }) =>
      client.send(
        new sdk.PutObjectLockConfigurationCommand({
          Bucket: bucket.settings.bucket,
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } },
          },
        }),
      ),
    )
    const reading = await tryLock(bucket)
    expect(reading).toMatchObject({ byDefault: { mode: 'compliance', days: 1 }, given: 'compliance' })
    expect(judgeLock(reading)).toBe('compliance')
  })
  test('believes what is there afterwards, not what the store answers', async () => {
    const bucket = await makeBucket('locked', COMPLIANCE)
    const polite = withClient(bucket, (command, { sdk }) =>
      command instanceof sdk.DeleteObjectCommand ? Promise.resolve({}) : undefined,
    )
    const reading = await tryLock(polite)
    expect(reading.trials.filter((t) => t.what === 'delete-version')).toMatchObject([
      { outcome: 'held', answer: 'OK' },
    ])
    // The other way round: a store that drops the lock when it puts, and says nothing.
    const dropping: Bucket = { ...bucket, put: (key, bytes) => bucket.put(key, bytes) }
    expect(judgeLock(await tryLock(dropping))).toBe('none')
  })
  test('finds a store that locks what is put whole and not what comes in parts', async () => {
    const bucket = await makeBucket('locked', COMPLIANCE)
    const forgetful = withClient(bucket, (command, { sdk, client }) => {
      if (command instanceof sdk.PutObjectRetentionCommand) return Promise.resolve({})
      if (!(command instanceof sdk.CreateMultipartUploadCommand)) return undefined
      const { Bucket: name, Key } = command.input
      return client.send(new sdk.CreateMultipartUploadCommand({ Bucket: name, Key }))
    })
    const reading = await tryLock(forgetful)
    expect(outcomes(reading)).toMatchObject({ 'delete-version': 'held', parts: 'broken' })
    expect([judgeLock(reading), isBrokenInParts(reading)]).toEqual(['broken', true])
  })
  test('tells of a lock that cannot be made longer, which holds', async () => {
    const bucket = await makeBucket('locked', COMPLIANCE)
    const deaf = withClient(bucket, (command, { sdk }) =>
      command instanceof sdk.PutObjectRetentionCommand && !/-(parts|resumed)$/.test(command.input.Key ?? '')
        ? Promise.resolve({})
        : undefined,
    )
    const reading = await tryLock(deaf)
    expect([judgeLock(reading), canExtend(reading)]).toEqual(['compliance', false])
  })
  test('passes nothing where it cannot be made', async () => {
    const bucket = await makeBucket('locked', COMPLIANCE)
    const mute: Bucket = { ...bucket, put: () => Promise.reject(new Error('连不上')) }
    expect(await tryLock(mute)).toMatchObject({ why: '连不上', trials: [] })
    expect(judgeLock(await tryLock(mute))).toBe('not-checked')
  })
})
