/** The embedded PostgreSQL server, and where a system keeps its data. */
export { defaultDataRoot } from './data-folder.ts';
export { type DatabaseRole, type Passwords, databaseRoles } from './secrets.ts';
export { type RunningServer, startServer } from './start-server.ts';
export { openDatabase, type OutsideUrls } from './open-database.ts';
export { throwAwayFolder } from './throw-away-folder.ts';
export { layThrowAwayCluster, type ThrowAwayOptions } from './throw-away-cluster.ts';
export { startThrowAwayServer } from './throw-away-server.ts';
export { type UnprivilegedUser, unprivilegedUser } from './unprivileged-user.ts';
export { enteredByOthers, postgresBinaries } from './binaries.ts';
export {
  closeOtherDatabases,
  createDatabases,
  migrateProduct,
  productVersion,
  rolesScript,
  systemDatabase,
  trialDatabase,
} from '../product/index.ts';
