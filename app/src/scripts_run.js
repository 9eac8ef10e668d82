document.cookie = "scripts=1; Path=/; SameSite=Lax";
