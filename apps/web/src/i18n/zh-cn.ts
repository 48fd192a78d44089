import approval from './zh-CN/approval.json'
import caseWords from './zh-CN/case.json'
import copies from './zh-CN/copies.json'
import desk from './zh-CN/desk.json'
import classify from './zh-CN/classify.json'
import compare from './zh-CN/compare.json'
import device from './zh-CN/device.json'
import dialogue from './zh-CN/dialogue.json'
import disposal from './zh-CN/disposal.json'
import docking from './zh-CN/docking.json'
import document from './zh-CN/document.json'
import field from './zh-CN/field.json'
import fieldwork from './zh-CN/fieldwork.json'
import evidence from './zh-CN/evidence.json'
import file from './zh-CN/file.json'
import keeping from './zh-CN/keeping.json'
import law from './zh-CN/law.json'
import library from './zh-CN/library.json'
import log from './zh-CN/log.json'
import numbers from './zh-CN/numbers.json'
import people from './zh-CN/people.json'
import playback from './zh-CN/playback.json'
import player from './zh-CN/player.json'
import points from './zh-CN/points.json'
import problem from './zh-CN/problem.json'
import procedure from './zh-CN/procedure.json'
import recording from './zh-CN/recording.json'
import register from './zh-CN/register.json'
import session from './zh-CN/session.json'
import settings from './zh-CN/settings.json'
import shell from './zh-CN/shell.json'
import spot from './zh-CN/spot.json'
import stores from './zh-CN/stores.json'
import transcript from './zh-CN/transcript.json'
import verify from './zh-CN/verify.json'
import words from './zh-CN/words.json'

export const zhCN = {
  words,
  shell,
  session,
  desk,
  case: caseWords,
  document,
  approval,
  classify,
  copies,
  compare,
  device,
  dialogue,
  disposal,
  docking,
  evidence,
  recording,
  field,
  fieldwork,
  register,
  file,
  keeping,
  law,
  library,
  numbers,
  people,
  playback,
  player,
  points,
  settings,
  log,
  spot,
  stores,
  transcript,
  verify,
  problem,
  procedure,
} as const

export const NAMESPACES = [
  'words',
  'shell',
  'session',
  'desk',
  'case',
  'document',
  'approval',
  'classify',
  'copies',
  'device',
  'disposal',
  'docking',
  'evidence',
  'recording',
  'field',
  'fieldwork',
  'register',
  'file',
  'keeping',
  'law',
  'library',
  'numbers',
  'people',
  'playback',
  'player',
  'points',
  'settings',
  'log',
  'spot',
  'stores',
  'transcript',
  'verify',
  'problem',
  'procedure',
] as const
