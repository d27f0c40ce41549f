/** Web: everything HTTP that the faces share. */
export * from './pages/index.ts';
