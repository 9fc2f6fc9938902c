/**
 * What a vintage without weapon columns states as its weapon code, so that a blank is not read as
 * "the form was left blank". No LAPD code is a word, so it cannot be mistaken for one.
 */
export const NOT_PUBLISHED = 'not published';
