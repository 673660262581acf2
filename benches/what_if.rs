//! What a changed rule or plan would do to every parcel of the demo city.

use crate::city::{self, name, once, say, sizes, systems};
use criterion::Criterion;
use diachinh::app::what_if::{KeptSites, Supposed, WhatIf, WhatIfQuestion};
use diachinh::app::{Reference, View};
use diachinh::land::Supposition;
use diachinh::planning::FeatureKind;
use diachinh::rules::Facts;
use std::sync::Arc;
use std::time::Instant;

/// Parcels that are examined at a time.
const AT_A_TIME: usize = 1 << 16;
/// The coverage of Decision 56/2021, Appendix 18, five per cent less at 100 m².
const COVERAGE: &str = r#"
id = "coverage"
kind = "coverage"
source = "app18"
title = { vi = "Mật độ", en = "Coverage" }
bound = "at_most"
unit = "%"
[interpolation]
by = "lot_area_m2"
knots = [[50, 100], [100, 85], [200, 70], [300, 60], [500, 50]]
before = "held"
after = "none"
"#;

pub fn define(criterion: &mut Criterion) {
    let reference = Arc::new(Reference::built_in().expect("the tables are in the program"));
    for parcels in sizes() {
        let land = Arc::new(city::land(parcels, &systems()));
        let layers = land.layers().map(|layer| layer.as_of);
        let today = layers.max().expect("the demo city has layers");
        let view = View::of(Arc::clone(&reference), Arc::clone(&land), today);
        let (size, sites) = (name(parcels), KeptSites::default());
        let rule = Supposed::Rule {
            pack: "hcmc_56_2021_app18".to_owned(),
            rule: "coverage".to_owned(),
            text: COVERAGE.to_owned(),
        };
        // The first who asks gathers the facts of every parcel; a second only scans them.
        let begun = Instant::now();
        let found = once(&format!("what_if/first_rule/{size}"), || {
            ask(&view, &rule, &sites)
        });
        told("first rule", begun, &found);
        let begun = Instant::now();
        let again = once(&format!("what_if/rule/{size}"), || {
            ask(&view, &rule, &sites)
        });
        told("rule", begun, &again);
        assert_eq!(found.0, again.0);
        assert!(
            found.0 > parcels as usize / 50,
            "{} parcels change",
            found.0
        );
        let road = land
            .features()
            .find(|feature| matches!(feature.kind, FeatureKind::RightOfWay(_)));
        let gone = Supposed::Feature(Box::new(Supposition {
            before: road.cloned(),
            after: None,
        }));
        criterion.bench_function(&format!("what_if/road/{size}"), |b| {
            b.iter(|| {
                let (changed, examined) = ask(&view, &gone, &sites);
                assert!(changed > 0 && changed <= examined && examined < 2_000);
            });
        });
    }
}

/// How many parcels change, and how many were examined.
fn ask(view: &View, supposed: &Supposed, sites: &KeptSites) -> (usize, usize) {
    let mut stated = Facts::new();
    for (name, value) in [("building_kind", "row_house"), ("development", "existing")] {
        stated.state(name, value).expect("a fact");
    }
    let question = WhatIfQuestion {
        supposed: vec![supposed.clone()],
        stated,
        ..WhatIfQuestion::default()
    };
    let what_if = view.on(view.date()).what_if(&question, sites);
    let mut what_if: WhatIf = what_if.expect("a question that can be asked");
    let mut changed = 0;
    while what_if.examined() < what_if.total() {
        changed += what_if.step(AT_A_TIME).len();
    }
    (changed, what_if.examined())
}

fn told(what: &str, begun: Instant, (changed, examined): &(usize, usize)) {
    let each = begun.elapsed().as_secs_f64() * 1e6 / (*examined).max(1) as f64;
    say(&format!(
        "  {what}: {changed} of {examined} parcels change, {each:.2} µs each"
    ));
}
