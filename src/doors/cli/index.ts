/** The door of the command line. Whoever joins the parts of the product gives it its environment. */
export type { DoctorCheck, Environment, StartedSystem, StartSystem } from './environment.ts';
export { runCommandLine } from './run.ts';
export { systemFiles } from './system-files.ts';
