//! The transforms against the official vectors, and there and back.

use super::*;

fn transforms() -> (Planes, Transforms) {
    let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the city's file");
    let transforms = Transforms::new(&planes).expect("PROJ knows the listed systems");
    (planes, transforms)
}

/// WGS 84 position, plane, easting and northing by the inverse of EPSG:6960 at height zero.
const VECTORS: [(f64, f64, u32, f64, f64); 5] = [
    (106.6980, 10.7721, 9210, 603_481.725, 1_191_410.365),
    (106.6520, 10.9800, 9210, 598_382.244, 1_214_392.133),
    (106.4930, 10.9730, 9210, 581_006.345, 1_213_570.325),
    (107.0843, 10.3460, 5899, 426_902.367, 1_144_200.498),
    (106.6070, 8.6830, 5899, 374_020.058, 960_396.592),
];

#[test]
fn the_official_operation_meets_its_vectors_within_one_millimetre() {
    let (planes, transforms) = transforms();
    for (lon, lat, epsg, east_m, north_m) in VECTORS {
        let plane = planes.get(Epsg(epsg)).expect("listed");
        let there = transforms.between(Epsg(4326), Epsg(epsg)).expect("listed");
        let (x, y) = there.convert(lon, lat).expect("convertible");
        assert!(
            (x - east_m).abs() <= 0.001 && (y - north_m).abs() <= 0.001,
            "{x} {y}"
        );
        let point = transforms
            .to_plane(plane, LonLat { lon, lat })
            .expect("on the grid");
        let (x, y) = plane.metres(point);
        assert!(
            (x - east_m).abs() < 0.0015 && (y - north_m).abs() < 0.0015,
            "{x} {y}"
        );
    }
}

#[test]
fn every_grid_point_of_the_city_comes_back_from_nine_decimals() {
    let (planes, transforms) = transforms();
    let mut state = 20_250_701_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for plane in planes.iter() {
        let [west, south, east, north] = plane.expected_m;
        for _ in 0..5_000 {
            let (x, y) = (
                west + random() * (east - west),
                south + random() * (north - south),
            );
            let point = plane.grid_point(x, y).expect("inside the grid");
            let at = transforms
                .to_lonlat(plane.epsg, point)
                .expect("convertible");
            let back = transforms.to_plane(plane, at.to_nine_decimals());
            assert_eq!(back, Ok(point), "{} {x} {y}", plane.epsg);
        }
    }
}

#[test]
fn answers_name_the_operation_and_not_the_one_proj_would_choose() {
    let (_, transforms) = transforms();
    let name = "EPSG:6960 VN-2000 to WGS 84 (2)";
    assert_eq!(transforms.operation_name(Epsg(9210)), name);
    assert_eq!(transforms.operation_name(Epsg(5899)), name);
    assert_eq!(
        transforms.operation_name(Epsg(2154)),
        "EPSG:1671 RGF93 v1 to WGS 84 (1)"
    );
    assert_eq!(transforms.operation_name(Epsg(27700)), "");
    let between = transforms.between(Epsg(9210), Epsg(5899)).expect("listed");
    assert_eq!(between.operation_name(), "none, one datum");
    let between = transforms.between(Epsg(3405), Epsg(32648)).expect("listed");
    assert_eq!(between.operation_name(), name);
}

#[test]
fn the_parameters_in_the_file_are_those_of_the_epsg_dataset() {
    let (planes, transforms) = transforms();
    let ours = transforms.between(Epsg(4756), Epsg(4326)).expect("listed");
    let text = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad \
        +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 \
        +step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 +rx=-0.00928836 \
        +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame \
        +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 \
        +step +proj=unitconvert +xy_in=rad +xy_out=deg";
    let theirs = Pipeline::new(text).expect("as projinfo prints it");
    let at = (106.7, 10.77);
    let ((x, y), (u, v)) = (
        ours.convert(at.0, at.1).expect("convertible"),
        theirs.convert(at.0, at.1).expect("convertible"),
    );
    assert!((x - u).abs() < 1e-12 && (y - v).abs() < 1e-12);
    let datum = &planes.datums()[1];
    assert_eq!(
        (datum.operation.as_str(), datum.accuracy_m),
        ("EPSG:6960", 1.0)
    );
}

#[test]
fn a_coordinate_moves_between_the_zones_without_leaving_their_datum() {
    let (_, transforms) = transforms();
    let there = transforms.between(Epsg(5899), Epsg(9210)).expect("listed");
    let back = transforms.between(Epsg(9210), Epsg(5899)).expect("listed");
    let (x, y) = there
        .convert(426_902.367, 1_144_200.498)
        .expect("convertible");
    assert!(x > 640_000.0);
    let (x, y) = back.convert(x, y).expect("convertible");
    assert!((x - 426_902.367).abs() < 1e-6 && (y - 1_144_200.498).abs() < 1e-6);
}

#[test]
fn axis_order_is_the_systems_own_and_surveyors_order_is_accepted_where_it_is_said() {
    let (_, transforms) = transforms();
    assert_eq!(transforms.axis_order(Epsg(4326)), Ok(AxisOrder::NorthEast));
    assert_eq!(transforms.axis_order(Epsg(4756)), Ok(AxisOrder::NorthEast));
    for epsg in [9210, 5899, 2154, 3857] {
        assert_eq!(
            transforms.axis_order(Epsg(epsg)),
            Ok(AxisOrder::EastNorth),
            "{epsg}"
        );
    }
    let surveyed = AxisOrder::NorthEast.east_north(1_191_410.365, 603_481.725);
    assert_eq!(surveyed, (603_481.725, 1_191_410.365));
}

#[test]
fn a_system_or_position_that_is_not_ours_is_refused() {
    let (planes, transforms) = transforms();
    let error = transforms
        .between(Epsg(27700), Epsg(9210))
        .expect_err("not listed");
    assert!(error.to_string().contains("`EPSG:27700`") && error.to_string().contains("9210"));
    let plane = planes.get(Epsg(9210)).expect("listed");
    for (lon, lat) in [
        (f64::NAN, 10.0),
        (106.0, 91.0),
        (-106.0, -10.0),
        (f64::INFINITY, 0.0),
    ] {
        assert!(
            transforms.to_plane(plane, LonLat { lon, lat }).is_err(),
            "{lon} {lat}"
        );
    }
}

#[test]
fn many_threads_share_the_transforms_and_agree() {
    let (planes, transforms) = transforms();
    let plane = planes.get(Epsg(9210)).expect("listed");
    let point = plane
        .grid_point(603_481.725, 1_191_410.365)
        .expect("on the grid");
    let here = transforms
        .to_lonlat(plane.epsg, point)
        .expect("convertible");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    assert_eq!(transforms.to_lonlat(plane.epsg, point), Ok(here));
                }
            });
        }
    });
}

#[test]
fn the_fast_way_to_degrees_differs_by_less_than_a_hundredth_of_a_millimetre() {
    let (planes, transforms) = transforms();
    // One ten-thousandth of a second of arc is 3 mm; 9e-11 degrees are 0.01 mm.
    let near = |a: f64, b: f64| (a - b).abs() < 9e-11;
    for plane in planes.iter() {
        let [west, south, east, north] = plane.expected_m;
        for i in 0..40 {
            for j in 0..40 {
                let part = |i: i32, from: f64, to: f64| {
                    from + (to - from) * (f64::from(i) + 0.137 * f64::from(i % 7)) / 40.0
                };
                let (x, y) = (part(i, west, east), part(j, south, north));
                let point = plane.grid_point(x, y).expect("on the grid");
                let slow = transforms.to_lonlat(plane.epsg, point).expect("listed");
                let mut fast = None;
                transforms
                    .to_lonlat_fast(plane.epsg, [point], |at| fast = Some(at))
                    .expect("listed");
                let fast = fast.expect("handed over");
                assert!(
                    near(slow.lon, fast.lon) && near(slow.lat, fast.lat),
                    "{slow:?} {fast:?}"
                );
            }
        }
    }
}

#[test]
fn the_fast_way_back_finds_the_grid_point_that_proj_finds() {
    let (planes, transforms) = transforms();
    for plane in planes.iter() {
        let (_, pipelines) = transforms.plane(plane.epsg).expect("listed");
        let [west, south, east, north] = plane.expected_degrees;
        for i in 0..50 {
            for j in 0..50 {
                let part = |i: i32, from: f64, to: f64| {
                    from + (to - from) * (f64::from(i) + 0.137 * f64::from(i % 7)) / 51.0
                };
                let at = LonLat {
                    lon: part(i, west, east),
                    lat: part(j, south, north),
                };
                let (x, y) = pipelines.from_lonlat.convert(at.lon, at.lat).expect("near");
                // The corners of what a plane expects may lie beyond its grid, in both ways alike.
                let slow = plane.grid_point(x, y).ok();
                assert_eq!(transforms.to_plane(plane, at).ok(), slow, "{at:?}");
                let (mut fast_x, mut fast_y) = (f64::NAN, f64::NAN);
                let degrees = [(at.lon, at.lat)];
                cells::convert_each(pipelines.from_lonlat, cells::DEGREES, degrees, |x, y| {
                    (fast_x, fast_y) = (x, y);
                })
                .expect("near");
                assert!(
                    (fast_x - x).abs() < 1e-5 && (fast_y - y).abs() < 1e-5,
                    "{at:?}"
                );
            }
        }
    }
}
