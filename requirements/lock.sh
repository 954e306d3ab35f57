#!/bin/sh
# Makes the locks anew: every version with its hashes, no index address, for every platform and Python ≥ 3.11.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet "$@"
}
compile --extra local pyproject.toml requirements/build.in -o requirements/run.lock
compile --extra local --extra files --extra otel --extra postgres --extra synthetic pyproject.toml requirements/build.in \
    requirements/test.in -c requirements/run.lock -o requirements/test.lock
compile --no-deps requirements/local.in -o requirements/local.lock
compile requirements/browser.in -c requirements/test.lock -o requirements/browser.lock
compile requirements/ray.in -c requirements/test.lock -o requirements/ray.lock
compile requirements/clients.in -o requirements/clients.lock
