/** Names of outside hosts as contracts and theseus.json write them: small letters, with a port where it is not the usual one. Pure. */

/** An address in digits says nothing about who answers there: the last part begins with a letter. */
const shape = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?::[1-9][0-9]{0,4})?$/;

export const isHostName = (text: string): boolean => text.length <= 253 && shape.test(text);
