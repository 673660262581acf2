//! The tables of both databases, in the subset of types they share.

#![allow(missing_docs, reason = "the migrations comment every table and column")]

/// Declares a table of current versions and the table of the versions that have ended, alike.
macro_rules! open_and_closed {
    ($open:ident, $closed:ident, $columns:tt) => {
        diesel::table! { $open (version) $columns }
        diesel::table! { $closed (version) $columns }
    };
}

diesel::table! {
    register_head (id) {
        id -> BigInt,
        revision -> BigInt,
        next_version -> BigInt,
        next_parcel -> BigInt,
        next_feature -> BigInt,
        next_other -> BigInt,
    }
}

diesel::table! {
    revisions (number) {
        number -> BigInt,
        recorded_at -> BigInt,
        dataset -> Text,
        summary -> Text,
        parcels_written -> BigInt,
        parcels_closed -> BigInt,
        features_written -> BigInt,
        features_closed -> BigInt,
        others_written -> BigInt,
        audit_hash -> Text,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        chain -> Text,
        number -> BigInt,
        recorded_at -> BigInt,
        action -> Text,
        entry -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

open_and_closed!(wards, wards_closed, {
    version -> BigInt,
    geom -> Binary,
    code -> Text,
    name -> Text,
    kind -> Text,
    plane -> BigInt,
    shape -> Binary,
    valid_from -> Text,
    valid_to -> Nullable<Text>,
    recorded_from -> BigInt,
    recorded_to -> Nullable<BigInt>,
    recorded_in -> BigInt,
    closed_in -> Nullable<BigInt>,
});

diesel::table! {
    ward_successions (id) {
        id -> BigInt,
        former_code -> Nullable<Text>,
        former_name -> Text,
        former_district -> Text,
        former_province -> Text,
        split -> Bool,
        ward -> Text,
        day -> Text,
        recorded_in -> BigInt,
    }
}

open_and_closed!(parcels, parcels_closed, {
    version -> BigInt,
    geom -> Binary,
    parcel_id -> BigInt,
    national_identifier -> Nullable<Text>,
    ward -> Text,
    map_commune -> Text,
    map_sheet -> Text,
    map_number -> Text,
    certificate_commune -> Nullable<Text>,
    certificate_sheet -> Nullable<Text>,
    certificate_number -> Nullable<Text>,
    registered_area_m2 -> Nullable<Double>,
    measured_area_m2 -> Double,
    scale -> BigInt,
    status -> Text,
    land_use -> Text,
    plane -> BigInt,
    shape -> Binary,
    valid_from -> Text,
    valid_to -> Nullable<Text>,
    recorded_from -> BigInt,
    recorded_to -> Nullable<BigInt>,
    recorded_in -> BigInt,
    closed_in -> Nullable<BigInt>,
});

open_and_closed!(zones, zones_closed, {
    version -> BigInt,
    geom -> Binary,
    feature_id -> BigInt,
    layer -> Text,
    source_key -> Text,
    code -> Text,
    function -> Text,
    storeys_max -> Nullable<BigInt>,
    height_max_mm -> Nullable<BigInt>,
    coverage_max_permille -> Nullable<BigInt>,
    floor_area_ratio_max_hundredths -> Nullable<BigInt>,
    population -> Nullable<BigInt>,
    provisions -> Text,
    plane -> BigInt,
    shape -> Binary,
    other_shapes -> Nullable<Binary>,
    valid_from -> Text,
    valid_to -> Nullable<Text>,
    recorded_from -> BigInt,
    recorded_to -> Nullable<BigInt>,
    recorded_in -> BigInt,
    closed_in -> Nullable<BigInt>,
});

open_and_closed!(roads, roads_closed, {
    version -> BigInt,
    geom -> Binary,
    feature_id -> BigInt,
    layer -> Text,
    source_key -> Text,
    street -> Text,
    width_mm -> Nullable<BigInt>,
    decision -> Nullable<Text>,
    alley -> Bool,
    provisions -> Text,
    plane -> BigInt,
    shape -> Binary,
    other_shapes -> Nullable<Binary>,
    valid_from -> Text,
    valid_to -> Nullable<Text>,
    recorded_from -> BigInt,
    recorded_to -> Nullable<BigInt>,
    recorded_in -> BigInt,
    closed_in -> Nullable<BigInt>,
});

open_and_closed!(corridors, corridors_closed, {
    version -> BigInt,
    geom -> Binary,
    feature_id -> BigInt,
    layer -> Text,
    source_key -> Text,
    kind -> Text,
    name -> Text,
    width_mm -> Nullable<BigInt>,
    voltage_v -> Nullable<BigInt>,
    provisions -> Text,
    plane -> BigInt,
    shape -> Binary,
    other_shapes -> Nullable<Binary>,
    valid_from -> Text,
    valid_to -> Nullable<Text>,
    recorded_from -> BigInt,
    recorded_to -> Nullable<BigInt>,
    recorded_in -> BigInt,
    closed_in -> Nullable<BigInt>,
});

open_and_closed!(restrictions, restrictions_closed, {
    version -> BigInt,
    geom -> Binary,
    feature_id -> BigInt,
    layer -> Text,
    source_key -> Text,
    kind -> Text,
    legend_vi -> Text,
    legend_en -> Text,
    provisions -> Text,
    plane -> BigInt,
    shape -> Binary,
    other_shapes -> Nullable<Binary>,
    valid_from -> Text,
    valid_to -> Nullable<Text>,
    recorded_from -> BigInt,
    recorded_to -> Nullable<BigInt>,
    recorded_in -> BigInt,
    closed_in -> Nullable<BigInt>,
});

diesel::table! {
    layers (version) {
        version -> BigInt,
        code -> Text,
        theme -> Text,
        title_vi -> Text,
        title_en -> Text,
        coverage -> Binary,
        as_of -> Text,
        accuracy_mm -> BigInt,
        law_status -> Text,
        provisions -> Text,
        office_code -> Text,
        office_name_vi -> Text,
        office_name_en -> Text,
        synthetic -> Bool,
        recorded_from -> BigInt,
        recorded_to -> Nullable<BigInt>,
        recorded_in -> BigInt,
        closed_in -> Nullable<BigInt>,
        withdrawn_on -> Nullable<Text>,
        condition -> Text,
    }
}

diesel::table! {
    lineage (id) {
        id -> BigInt,
        predecessor -> BigInt,
        successor -> BigInt,
        kind -> Text,
        day -> Text,
        recorded_in -> BigInt,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        content_hash -> Text,
        file_name -> Text,
        dataset -> Text,
        profile -> Text,
        recorded_at -> BigInt,
        revision -> BigInt,
        counts -> Text,
        report -> Text,
    }
}

diesel::table! {
    rejected_features (id) {
        id -> BigInt,
        import_id -> BigInt,
        feature -> BigInt,
        layer -> Text,
        attributes -> Text,
        crs -> Nullable<BigInt>,
        wkb -> Nullable<Binary>,
        findings -> Text,
    }
}

diesel::table! {
    ba_units (version) {
        version -> BigInt,
        ba_unit_id -> BigInt,
        certificate_serial -> Nullable<Text>,
        registry_number -> Nullable<Text>,
        valid_from -> Text,
        valid_to -> Nullable<Text>,
        recorded_from -> BigInt,
        recorded_to -> Nullable<BigInt>,
        recorded_in -> BigInt,
        closed_in -> Nullable<BigInt>,
    }
}

diesel::table! {
    ba_unit_parcels (version, parcel_id) {
        version -> BigInt,
        parcel_id -> BigInt,
    }
}

diesel::table! {
    parties (party_id) {
        party_id -> BigInt,
        kind -> Text,
        name -> Nullable<Binary>,
        identity_number -> Nullable<Binary>,
        recorded_at -> BigInt,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    identity_secret (id) {
        id -> BigInt,
        secret -> Binary,
    }
}

diesel::table! {
    rrrs (version) {
        version -> BigInt,
        rrr_id -> BigInt,
        ba_unit_id -> BigInt,
        party_id -> BigInt,
        kind -> Text,
        what -> Text,
        share_numerator -> Nullable<BigInt>,
        share_denominator -> Nullable<BigInt>,
        valid_from -> Text,
        valid_to -> Nullable<Text>,
        recorded_from -> BigInt,
        recorded_to -> Nullable<BigInt>,
        recorded_in -> BigInt,
        closed_in -> Nullable<BigInt>,
    }
}
