# `make run` from a bare Debian 12, `make test` before every change.
.PHONY: run test bench bench-peers look web

run: ## builds everything, builds a demo city once, serves it on http://127.0.0.1:8080
	@scripts/run.sh

test: ## every test, with the databases and the browser they need
	@scripts/test.sh

bench: ## measures; see benches/README.md
	@scripts/packages.sh bench
	@scripts/bench.sh

bench-peers: ## measures beside pyramid_oereb, PostGIS, martin and tipg
	@scripts/bench_peers.sh

look: ## takes the pictures of the page in docs/ from a running demo
	@scripts/look.sh

web: ## builds the page into web/dist
	@scripts/web.sh
