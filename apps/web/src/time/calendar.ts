import words from 'virtual:law-words'
import { workdayCalendar } from '@liuhen/law/calendar'

export const calendar = workdayCalendar(words.calendars)
