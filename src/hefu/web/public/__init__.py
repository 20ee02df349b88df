"""The public side: register, certificates, announcements, rules and fees, complaints."""
