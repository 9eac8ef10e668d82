//! What every clinic needs before its first doctor: specialties and kinds of visits.

use entity::{specialty, visit_type};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::error::{Error, Result};

/// A field of medicine and what the synthetic clinic knows about it.
pub(super) struct Specialty {
    /// The code of the REST contract.
    pub code: &'static str,
    pub name: &'static str,
    /// What it treats, in a patient's words.
    pub about: &'static str,
    pub department: &'static str,
    /// The fee of a visit in whole units of the clinic's currency, from and to.
    pub fee: (i64, i64),
    /// How many of 100 of its doctors also see patients by video.
    pub by_video: u32,
    /// What its doctors are known for.
    pub focus: &'static [&'static str],
}

/// Also the order in lists.
pub(super) static SPECIALTIES: [Specialty; 8] = [
    Specialty {
        code: "general",
        name: "General practice",
        about: "Everyday health, check-ups and where to go next",
        department: "General Practice",
        fee: (60, 80),
        by_video: 60,
        focus: &[
            "long-term conditions and regular check-ups",
            "families, from first questions to later life",
            "preventive care and travel advice",
            "diabetes, thyroid and everyday blood results",
            "sleep, tiredness and healthy habits",
        ],
    },
    Specialty {
        code: "cardiology",
        name: "Cardiology",
        about: "Heart, blood pressure and circulation",
        department: "Heart and Circulation",
        fee: (140, 190),
        by_video: 35,
        focus: &[
            "high blood pressure and cholesterol",
            "heart rhythm and palpitations",
            "heart health after fifty",
            "heart valves and ultrasound of the heart",
            "sport and the heart",
        ],
    },
    Specialty {
        code: "neurology",
        name: "Neurology",
        about: "Headaches, dizziness, nerves and memory",
        department: "Neurology",
        fee: (150, 200),
        by_video: 40,
        focus: &[
            "migraine and other headaches",
            "dizziness and balance",
            "numbness, tingling and nerve pain",
            "memory and concentration",
            "restless legs and sleep",
        ],
    },
    Specialty {
        code: "orthopedics",
        name: "Orthopedics",
        about: "Bones, joints, back and sports injuries",
        department: "Bones and Joints",
        fee: (130, 180),
        by_video: 20,
        focus: &[
            "knees and hips",
            "shoulders and elbows",
            "hands and wrists",
            "back and neck pain",
            "running and sports injuries",
        ],
    },
    Specialty {
        code: "pediatrics",
        name: "Pediatrics",
        about: "Babies, children and teenagers",
        department: "Children’s Clinic",
        fee: (85, 120),
        by_video: 45,
        focus: &[
            "growth and development",
            "asthma and allergies in children",
            "the first years of life",
            "tummy troubles and feeding",
            "school-age children and teenagers",
        ],
    },
    Specialty {
        code: "dermatology",
        name: "Dermatology",
        about: "Skin, hair and nails",
        department: "Skin Clinic",
        fee: (110, 160),
        by_video: 50,
        focus: &[
            "eczema and sensitive skin",
            "mole checks and sun damage",
            "acne and rosacea",
            "psoriasis",
            "hair and nails",
        ],
    },
    Specialty {
        code: "psychiatry",
        name: "Psychiatry",
        about: "Mood, worry, sleep and attention",
        department: "Mental Health",
        fee: (140, 190),
        by_video: 85,
        focus: &[
            "low mood and recovery",
            "worry, panic and stress",
            "lasting sleep problems",
            "attention in adults",
            "difficult times after a loss or a birth",
        ],
    },
    Specialty {
        code: "radiology",
        name: "Radiology",
        about: "X-ray, ultrasound and other scans",
        department: "Imaging",
        fee: (95, 220),
        by_video: 0,
        focus: &[
            "ultrasound of the abdomen and thyroid",
            "X-ray of bones and chest",
            "scans of joints and the spine",
            "bone density",
            "breast imaging",
        ],
    },
];

/// The ids under which the essentials are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Essentials {
    /// In the order of [`SPECIALTIES`].
    pub specialties: Vec<i64>,
    pub first_visit: Kind,
    pub follow_up: Kind,
}

/// A stored kind of visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub id: i64,
    pub minutes: i32,
    pub buffer: i32,
}

/// Stores those essentials that are missing; what is there already stays as it is.
pub(super) async fn ensure(db: &impl ConnectionTrait) -> Result<Essentials> {
    let stored = specialty::Entity::find().all(db).await?;
    for (position, known) in (1..).zip(&SPECIALTIES) {
        if stored.iter().all(|row| row.code != known.code) {
            let row = specialty::ActiveModel {
                code: Set(known.code.into()),
                name: Set(known.name.into()),
                about: Set(known.about.into()),
                position: Set(position),
                ..Default::default()
            };
            specialty::Entity::insert(row).exec_without_returning(db).await?;
        }
    }
    let stored = visit_type::Entity::find().all(db).await?;
    let has_default = stored.iter().any(|row| row.is_default);
    for (code, name, is_default) in [("visit", "Visit", !has_default), ("follow-up", "Follow-up", false)] {
        if stored.iter().all(|row| row.code != code) {
            let row = visit_type::ActiveModel {
                code: Set(code.into()),
                name: Set(name.into()),
                duration_minutes: Set(30),
                buffer_minutes: Set(0),
                is_default: Set(is_default),
                ..Default::default()
            };
            visit_type::Entity::insert(row).exec_without_returning(db).await?;
        }
    }
    load(db).await
}

async fn load(db: &impl ConnectionTrait) -> Result<Essentials> {
    let missing = || Error::internal("an essential row was stored and is not there");
    let stored = specialty::Entity::find().all(db).await?;
    let specialties = SPECIALTIES
        .iter()
        .map(|known| stored.iter().find(|row| row.code == known.code).map(|row| row.id).ok_or_else(missing))
        .collect::<Result<_>>()?;
    let kinds = visit_type::Entity::find().all(db).await?;
    let kind = |wanted: &dyn Fn(&visit_type::Model) -> bool| {
        kinds
            .iter()
            .find(|row| wanted(row))
            .map(|row| Kind { id: row.id, minutes: row.duration_minutes, buffer: row.buffer_minutes })
            .ok_or_else(missing)
    };
    Ok(Essentials {
        specialties,
        first_visit: kind(&|row| row.is_default)?,
        follow_up: kind(&|row| row.code == "follow-up")?,
    })
}
