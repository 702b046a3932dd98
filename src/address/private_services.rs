//! Private mail services.

/// Mail services that private persons in Denmark use: the large international ones, under the domains they use here, and
/// those of Danish internet and telephone providers.
pub const PRIVATE_SERVICES: &[&str] = &[
    "aol.com",
    "city.dk",
    "comxnet.dk",
    "dlgtele.dk",
    "email.dk",
    "fasttvnet.dk",
    "galnet.dk",
    "get2net.dk",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.dk",
    "hotmail.se",
    "icloud.com",
    "jubii.dk",
    "jubiimail.dk",
    "live.com",
    "live.dk",
    "live.se",
    "mac.com",
    "mail.com",
    "mail.dk",
    "mail.tele.dk",
    "me.com",
    "msn.com",
    "ofir.dk",
    "outlook.com",
    "outlook.dk",
    "paradis.dk",
    "pm.me",
    "post.cybercity.dk",
    "post.tele.dk",
    "post10.tele.dk",
    "post3.tele.dk",
    "post4.tele.dk",
    "post5.tele.dk",
    "post6.tele.dk",
    "post8.tele.dk",
    "post9.tele.dk",
    "privat.dk",
    "proton.me",
    "protonmail.com",
    "sol.dk",
    "stofanet.dk",
    "tdcadsl.dk",
    "tdcspace.dk",
    "tiscali.dk",
    "tuta.com",
    "tutanota.com",
    "vip.cybercity.dk",
    "web.de",
    "webspeed.dk",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.dk",
    "yahoo.se",
    "yandex.com",
    "ymail.com",
    "youmail.dk",
    "youseepost.dk",
];

#[cfg(test)]
mod tests {
    use super::PRIVATE_SERVICES;
    use crate::address::domain::normalise;

    #[test]
    fn every_service_is_a_domain_in_its_place() {
        for service in PRIVATE_SERVICES {
            assert_eq!(normalise(service).as_deref(), Some(*service));
        }
    }
}
