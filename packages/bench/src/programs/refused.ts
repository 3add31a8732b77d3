/** Why an operator can't be added to a program; the reason is counted. */
export class Refused extends Error {}
