"""Where everything stands on the glass: from view models to drawings. Pure, without Kivy."""
