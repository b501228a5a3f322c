#!/usr/bin/env bash
# Bring the clients that are programs of Debian, or say which are missing. Root and apt-get install them; nobody else can.
set -euo pipefail

missing() {
  command -v java >/dev/null 2>&1 || echo default-jre-headless
  [ -f /usr/share/java/epubcheck.jar ] || echo epubcheck
  command -v pandoc >/dev/null 2>&1 || echo pandoc
  command -v rapper >/dev/null 2>&1 || echo raptor2-utils
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || echo chromium
  command -v chromedriver >/dev/null 2>&1 || echo chromium-driver
  command -v node >/dev/null 2>&1 || echo nodejs
  command -v npm >/dev/null 2>&1 || echo npm
}

wanted=$(missing)
if [ -n "$wanted" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
  wanted=$(missing)
fi
if [ -n "$wanted" ]; then
  echo "These Debian packages are missing and cannot be installed here (that needs root):" $wanted >&2
  echo "Install them, then run again:  sudo apt-get install" $wanted >&2
  exit 1
fi

node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
  echo "Node.js $(node --version) is too old for the clients: 20.19 or newer is needed" >&2
  exit 1
}
