/** How long one request may be, in bytes, where it holds no file. A file of its own, since clients and the door of agents hold to it as well. */
export const bodyCap: number = 1024 * 1024;
