/** Pages whose address says what experiment is on them; a run's page and an embed are about something else. */
export const saysExperiment = (pathname: string): boolean => pathname === "/" || pathname.startsWith("/x/");
