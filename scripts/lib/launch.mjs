// How every test starts its browser; plain JavaScript, because the set-up tries browsers with it too.

/** No GPU flag here: the first lesson must hold on a machine without a GPU. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * The suggestions under Chromium's address bar are pages of their own, two renderers to each window that nobody types into.
 * The rest of the list is what Playwright 1.65 switches off: of two such switches Chromium heeds the last.
 */
const noExtras = `--disable-features=${[
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
]}`;

/** WebGPU and WebGL computed by the CPU (SwiftShader), where there is no GPU. */
export const softwareGpu = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--enable-features=Vulkan",
  "--ignore-gpu-blocklist",
];

/**
 * Playwright's launch options.
 * @param {string | undefined} executablePath
 * @param {readonly string[]} [flags] more of the browser's own flags
 */
export function launchOptions(executablePath, flags = []) {
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  // Playwright would turn GPU emulation on by itself.
  const ignoreDefaultArgs = ["--enable-unsafe-swiftshader"];
  return { executablePath, args: [...quiet, noExtras, ...asRoot, ...flags], ignoreDefaultArgs };
}
