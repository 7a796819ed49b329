"""The entrance for programs: `/api/v1`. It reads, calls one operation or question, and answers; it holds no rule."""
