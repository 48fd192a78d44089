/**
 * The session's own cookie is not for scripts to read. This one says only that there is one, so that nobody asks the
 * server who is here before somebody has signed in. Both end with the browser.
 */
const NAME = 'liuhen_here'

export const isHere = (cookies: string = document.cookie): boolean =>
  cookies.split('; ').some((cookie) => cookie.startsWith(`${NAME}=`))

export const arrive = (): void => {
  document.cookie = `${NAME}=1; path=/; samesite=lax`
}

export const leave = (): void => {
  document.cookie = `${NAME}=; path=/; samesite=lax; max-age=0`
}
