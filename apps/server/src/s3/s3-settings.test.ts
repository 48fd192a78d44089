import { describe, expect, test } from 'vitest'
import { readConfig } from '../config/config.ts'
import { keysOf, readS3Address, S3_LIMITS } from './s3-settings.ts'

const account = { region: 'us-east-1', addressing: 'path', limits: S3_LIMITS } as const
const storage = (environment: Record<string, string>) => readConfig(environment).storage

describe('the address of an object store', () => {
  test('names host, bucket and folder', () => {
    expect(readS3Address('s3+https://s3.example.gov.cn:8443/evidence/second/', account)).toMatchObject({
      where: 's3+https://s3.example.gov.cn:8443/evidence/second',
      endpoint: 'https://s3.example.gov.cn:8443',
      host: 's3.example.gov.cn',
      bucket: 'evidence',
      prefix: 'second/',
    })
    expect(readS3Address('s3+http://10.0.0.1/evidence', account)).toMatchObject({
      prefix: '',
      bucket: 'evidence',
    })
  })
  test.each([
    's3+https://host/',
    's3+https://host/Bad_Bucket',
    's3+https://host/b1c/留痕',
    's3+https://host/b1c?x=1',
  ])('is refused when it is none: %s', (place) => {
    expect(() => readS3Address(place, account)).toThrow('桶名')
  })
  test('holds no key', () => {
    expect(() => storage({ LIUHEN_SECOND_STORE: 's3+https://a:b@host/bucket' })).toThrow('密钥不要写在')
  })
})

describe('the configuration', () => {
  test('takes a folder or an address for the second store', () => {
    expect(storage({ LIUHEN_SECOND_STORE: '/mnt/offsite' }).secondStore).toBe('/mnt/offsite')
    expect(storage({ LIUHEN_SECOND_STORE: 's3+https://host/bucket/' }).secondStore).toBe(
      's3+https://host/bucket',
    )
  })
  test('the first store is a bucket or the data directory, no folder of its own', () => {
    expect(() => storage({ LIUHEN_FIRST_STORE: '/mnt/originals' })).toThrow('LIUHEN_DATA')
    const where = 's3+https://store.example/evidence/first'
    expect(storage({ LIUHEN_FIRST_STORE: where }).firstStore).toBe(where)
  })

  test('wants days for a lock', () => {
    expect(() => storage({ LIUHEN_S3_LOCK: 'compliance' })).toThrow('LIUHEN_S3_LOCK_DAYS')
    expect(storage({ LIUHEN_S3_LOCK: 'compliance', LIUHEN_S3_LOCK_DAYS: '30' }).s3.lock).toEqual({
      mode: 'compliance',
      days: 30,
    })
  })
  test('says of keys that are missing which variables to set, and repeats none', async () => {
    const settings = readS3Address('s3+https://host/bucket', account)
    await expect(keysOf(settings)).rejects.toThrow('LIUHEN_S3_CREDENTIALS')
    const file = { ...settings, account: { ...account, keys: { file: '/nonexistent' } } }
    await expect(keysOf(file)).rejects.toThrow('/nonexistent 读不出来')
  })
})
