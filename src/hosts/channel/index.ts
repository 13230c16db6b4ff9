/** The door of the channel: frames, their heads, their caps. */
export * from './frame.ts';
export * from './heads.ts';
export * from './limits.ts';
export * from './payload.ts';
