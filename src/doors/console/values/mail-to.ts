/** The link that begins a message to an address. An address may hold "?" and "&", which in a link would add copies, a subject and a text of its owner's choice. Pure. */
export const mailTo = (address: string): string => `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`;
