/** The sizes that the channel between the machine and a host allows. Data: whoever reads or writes a frame looks here. */

/** Characters of a frame's head: everything but the payload. */
export const headChars = 2_000;
/** Characters of a payload in either direction. A call's own cap (`bytes`) lies below. */
export const payloadChars = 8_000_000;
/** Levels of arrays and objects in a payload. */
export const payloadDepth = 64;
/** Characters of a component's code. */
export const codeChars = 1_000_000;
/** Characters of what a component says of itself: a message, the reason of a refusal. */
export const sayingChars = 2_000;
