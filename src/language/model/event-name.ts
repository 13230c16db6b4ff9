/** Names of events that components emit, as contracts write them: one word, so that none looks like what the machine writes itself. Pure. */
export const isEventName = (text: string): boolean => /^[a-z][a-zA-Z0-9]{0,39}$/.test(text);
