//! Kinds of entries, where they stand, and the groups in which patients look for them.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $wire:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The form on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $wire,)* } }

            #[must_use]
            pub fn parse(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|word| word.as_str() == text) }

            /// For people.
            #[must_use]
            pub const fn label(self) -> &'static str { match self { $(Self::$variant => $label,)* } }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
pub(super) use words;

words! {
    /// What an entry of the record is about.
    RecordType {
        Consultation = "consultation", "Consultation";
        LabReport = "lab_report", "Lab report";
        Prescription = "prescription", "Prescription";
        Imaging = "imaging", "Imaging";
        Surgery = "surgery", "Surgery";
        Discharge = "discharge", "Discharge";
        /// Pulse, blood pressure, weight and the like, as measured once.
        Vitals = "vitals", "Vital signs";
        Immunisation = "immunisation", "Immunisation";
        /// A file.
        Document = "document", "Document";
        /// An entry of the problem list.
        Problem = "problem", "Problem";
        Allergy = "allergy", "Allergy";
        /// That somebody asked, and that no allergy is known: apart from nobody having asked.
        NoKnownAllergies = "no_known_allergies", "No known allergies";
        /// A medicine that somebody takes without a prescription of ours.
        Medication = "medication", "Medicine";
        /// Ends a prescription, which itself cannot change any more.
        Cancellation = "cancellation", "Cancellation";
    }
}

impl RecordType {
    /// Entries that tell something as a report does, in four texts.
    pub const REPORTS: [Self; 5] = [Self::Consultation, Self::LabReport, Self::Imaging, Self::Surgery, Self::Discharge];

    /// The kinds that older programs know.
    pub const CONTRACT: [Self; 6] =
        [Self::Consultation, Self::LabReport, Self::Prescription, Self::Imaging, Self::Surgery, Self::Discharge];

    /// What people call one of them in a sentence: "Ask about this …".
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Self::LabReport => "result",
            Self::Imaging => "report",
            Self::Prescription => "prescription",
            Self::Consultation | Self::Surgery | Self::Discharge => "note",
            Self::Vitals => "measurement",
            Self::Immunisation => "vaccination",
            Self::Document => "document",
            Self::Problem => "problem",
            Self::Allergy => "allergy",
            Self::Medication => "medicine",
            Self::NoKnownAllergies | Self::Cancellation => "entry",
        }
    }

    #[must_use]
    pub fn is_report(self) -> bool {
        Self::REPORTS.contains(&self)
    }
}

words! {
    /// Where an entry stands.
    RecordStatus {
        /// Being written: nobody but its author reads it.
        Draft = "draft", "Draft";
        /// Signed, released or entered for good: the database refuses any change.
        Final = "final", "Final";
        /// In a list of what holds at present.
        Active = "active", "Active";
        /// No longer holds.
        Ended = "ended", "Ended";
    }
}

words! {
    /// What patients narrow their timeline to.
    TimelineGroup {
        Visits = "visits", "Consultations";
        Prescriptions = "prescriptions", "Prescriptions";
        Labs = "labs", "Lab results";
        Imaging = "imaging", "Imaging";
        Documents = "documents", "Documents";
        Vitals = "vitals", "Vital signs";
        Immunisations = "immunisations", "Immunisations";
    }
}

impl TimelineGroup {
    #[must_use]
    pub const fn kinds(self) -> &'static [RecordType] {
        match self {
            Self::Visits => &[RecordType::Consultation, RecordType::Surgery, RecordType::Discharge],
            Self::Prescriptions => &[RecordType::Prescription],
            Self::Labs => &[RecordType::LabReport],
            Self::Imaging => &[RecordType::Imaging],
            Self::Documents => &[RecordType::Document],
            Self::Vitals => &[RecordType::Vitals],
            Self::Immunisations => &[RecordType::Immunisation],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for kind in RecordType::ALL {
            assert_eq!(RecordType::parse(kind.as_str()), Some(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
        }
        assert_eq!(RecordStatus::parse("signed"), None);
    }

    #[test]
    fn every_kind_of_the_timeline_is_in_one_group() {
        for kind in RecordType::ALL {
            let groups = TimelineGroup::ALL.iter().filter(|group| group.kinds().contains(kind)).count();
            // What holds at present stands in lists, and a cancellation with what it ends.
            let is_elsewhere = matches!(
                kind,
                RecordType::Problem
                    | RecordType::Allergy
                    | RecordType::NoKnownAllergies
                    | RecordType::Medication
                    | RecordType::Cancellation
            );
            assert_eq!(groups, usize::from(!is_elsewhere), "{kind}");
        }
    }
}
