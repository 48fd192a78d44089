/** What each page of a copy says of itself: the record is the archived PDF. */
export const COPY_MARK = '副本，以归档的PDF为准'
