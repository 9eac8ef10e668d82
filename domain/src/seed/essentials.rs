//! What every clinic needs before its first doctor: specialties and kinds of visits.

use entity::{specialty, visit_type};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::{
    error::{Error, Result},
    people,
};

/// A field of medicine and what the synthetic clinic knows about it.
pub(super) struct Specialty {
    /// The code of the REST contract.
    pub code: &'static str,
    pub name: &'static str,
    /// What it treats, in a patient's words.
    pub about: &'static str,
    /// What those who practise it are called, and other words that people look for it with: what troubles them, and how
    /// it is examined. The search takes the end of a word lightly, so "mole" finds "moles" too.
    also: &'static str,
    pub department: &'static str,
    /// The fee of a visit in whole units of the clinic's currency, from and to.
    pub fee: (i64, i64),
    /// What its doctors are known for.
    pub focus: &'static [&'static str],
}

impl Specialty {
    /// The words by which its doctors are found.
    fn search_key(&self) -> String {
        people::key(&format!("{} {} {}", self.name, self.about, self.also))
    }
}

/// Also the order in lists.
pub(super) static SPECIALTIES: [Specialty; 8] = [
    Specialty {
        code: "general",
        name: "General practice",
        about: "Everyday health, check-ups and where to go next",
        also: "gp general practitioner family physician fever temperature cold cough flu sore throat ear earache tummy \
               stomach nausea vomiting diarrhoea diarrhea tired tiredness fatigue weight infection urine bladder hay \
               allergy allergies diabetes sugar thyroid vaccination vaccine jab travel checkup blood test pain ache \
               hurt prescription sick note",
        department: "General Practice",
        fee: (60, 80),
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
        also: "cardiologist chest palpitations racing pounding heartbeat pulse rhythm attack angina high low hypertension \
               cholesterol breath breathless breathing breathe ecg ekg electrocardiogram echo echocardiogram valve",
        department: "Heart and Circulation",
        fee: (140, 190),
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
        also: "neurologist brain head migraine dizzy vertigo balance faint fainting numb numbness tingling pins needles \
               epilepsy seizure stroke tremor shaking forgetful forgetting dementia concussion eeg",
        department: "Neurology",
        fee: (150, 200),
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
        name: "Orthopaedics",
        about: "Bones, joints, back and sports injuries",
        also: "orthopedist orthopedics orthopaedist bone joint knee hip shoulder elbow arm hand finger thumb wrist leg \
               foot feet heel toe ankle neck spine sciatica muscle tendon sprain twisted swollen broken break fracture \
               fall arthritis pain ache hurt",
        department: "Bones and Joints",
        fee: (130, 180),
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
        name: "Paediatrics",
        about: "Babies, children and teenagers",
        also: "pediatrician pediatrics paediatrician kid child baby newborn infant toddler teenager son daughter growth \
               fever cough vaccination",
        department: "Children’s Clinic",
        fee: (85, 120),
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
        also: "dermatologist mole rash rashes spot pimple acne eczema psoriasis itch itching itchy wart birthmark lump \
               hives sunburn fungus dandruff bald",
        department: "Skin Clinic",
        fee: (110, 160),
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
        also: "psychiatrist mental health depression depressed sad sadness low anxiety anxious worried nervous panic \
               attack stress burnout insomnia sleepless trauma grief suicide suicidal adhd",
        department: "Mental Health",
        fee: (140, 190),
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
        also: "radiologist imaging xray mri ct scan ultrasound sonogram mammogram mammography density",
        department: "Imaging",
        fee: (95, 220),
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

/// Stores those essentials that are missing, and the words by which a specialty is found; whatever else is there already
/// stays as it is.
pub(super) async fn ensure(db: &impl ConnectionTrait) -> Result<Essentials> {
    let stored = specialty::Entity::find().all(db).await?;
    for (position, known) in (1..).zip(&SPECIALTIES) {
        if let Some(row) = stored.iter().find(|row| row.code == known.code) {
            if row.search_key != known.search_key() {
                let words = specialty::ActiveModel {
                    id: Set(row.id),
                    search_key: Set(known.search_key()),
                    ..Default::default()
                };
                specialty::Entity::update(words).exec(db).await?;
            }
        } else {
            let row = specialty::ActiveModel {
                code: Set(known.code.into()),
                name: Set(known.name.into()),
                about: Set(known.about.into()),
                search_key: Set(known.search_key()),
                position: Set(position),
                ..Default::default()
            };
            specialty::Entity::insert(row).exec_without_returning(db).await?;
        }
    }
    let stored = visit_type::Entity::find().all(db).await?;
    let has_default = stored.iter().any(|row| row.is_default);
    for (code, name, is_default) in [("visit", "Consultation", !has_default), ("follow-up", "Follow-up", false)] {
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
