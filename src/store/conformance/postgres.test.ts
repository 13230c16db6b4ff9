import { postgresStore } from './postgres-store.ts';
import { storeConformance } from './suite.ts';

storeConformance('on PostgreSQL', () => postgresStore());
