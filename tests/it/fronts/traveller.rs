//! A browser that goes from host to host: a jar for each, and redirects followed wherever they lead among the two.

use crate::gateway::Account;
use crate::phone::Phone;
use crate::response::Response;
use crate::visitor::{LOGIN, LOGOUT, VERIFY, Visitor};

#[derive(Clone)]
pub struct Traveller {
    pub site: Visitor,
    pub portal: Visitor,
}

/// A page and where it was found.
pub struct Arrived {
    pub url: String,
    pub page: Response,
}

impl Traveller {
    pub fn new(site: Visitor, portal: Visitor) -> Self {
        Self { site, portal }
    }

    /// Who has the cookies of a URL's host, and the rest of the URL.
    fn at(&mut self, url: &str) -> (&mut Visitor, String) {
        let rest = url.strip_prefix("https://").unwrap_or_else(|| panic!("not https: {url}"));
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let visitor = if host == self.site.host() {
            &mut self.site
        } else if host == self.portal.host() {
            &mut self.portal
        } else {
            panic!("a redirect to a stranger: {url}")
        };
        (visitor, path.split('#').next().unwrap_or_default().to_owned())
    }

    pub async fn open(&mut self, url: &str) -> Arrived {
        let (visitor, path) = self.at(url);
        let page = visitor.get(&path).await;
        self.follow(url.to_owned(), page).await
    }

    async fn follow(&mut self, url: String, page: Response) -> Arrived {
        let (mut url, mut page) = (url, page);
        for _ in 0..12 {
            if !page.is_redirect() {
                return Arrived { url, page };
            }
            let base = url::Url::parse(&url).expect("a URL");
            let next = page.location().to_owned();
            // As written where it is absolute: parsing may change it, and the deep link is compared byte for byte.
            url = if next.starts_with("https://") { next } else { base.join(&next).expect("a URL").to_string() };
            let (visitor, path) = self.at(&url);
            page = visitor.get(&path).await;
        }
        panic!("twelve redirects and no end: {page:?}")
    }

    /// Fills the form of a page and goes where its answer leads.
    pub async fn submit(&mut self, at: &Arrived, action: &str, typed: &[(&str, &str)]) -> Arrived {
        let (visitor, _) = self.at(&at.url);
        let answer = visitor.submit(&at.page, action, typed).await;
        assert_eq!(answer.status, 303, "{action} at {}: {answer:?}", at.url);
        self.follow(at.url.clone(), answer).await
    }

    /// From `url` through password and code to wherever that leads.
    pub async fn sign_in(&mut self, phone: &Phone, account: &Account, url: &str) -> Arrived {
        let before = phone.messages_to(&account.phone).await.len();
        let login = self.open(url).await;
        assert!(login.url.contains(LOGIN), "sent to sign in, but it is {}: {:?}", login.url, login.page);
        let typed = [("username", account.email.as_str()), ("password", account.password.as_str())];
        let verify = self.submit(&login, LOGIN, &typed).await;
        assert!(verify.url.contains(VERIFY), "the code page, but it is {}: {:?}", verify.url, verify.page);
        let code = phone.code(&account.phone, before + 1).await;
        self.submit(&verify, VERIFY, &[("code", code.as_str())]).await
    }

    /// Signs out where people sign in.
    pub async fn log_out(&mut self, host: &str) -> Arrived {
        let page = self.open(&format!("https://{host}{LOGOUT}")).await;
        self.submit(&page, LOGOUT, &[]).await
    }
}
