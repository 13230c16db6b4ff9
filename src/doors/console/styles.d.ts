/** Style sheets are taken in for their effect; the build bundles them. */
declare module '*.css';
